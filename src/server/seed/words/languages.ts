import type { Topic } from './words.ts'

/** A whole talk in another language: user and bot in turn. */
export interface Foreign {
  language: string
  topic: Topic
  title: string
  turns: readonly string[]
}

export const FOREIGN: readonly Foreign[] = [
  {
    language: 'de',
    topic: 'delivery',
    title: 'Paket {parcel} ist nicht angekommen',
    turns: [
      'Guten Tag, mein Paket {parcel} sollte gestern kommen. Es ist nichts da.',
      'Guten Tag! Das Paket liegt seit heute früh im Depot **{city}** und wird morgen zugestellt. Die Verspätung tut mir leid.',
      'Kann es auch zum Nachbarn?',
      'Ja, auf der Seite des Zustellers unter „Ablageort“. Das geht bis Mitternacht und kostet nichts.',
      'Prima, danke!',
      'Gern geschehen. Einen schönen Tag noch!',
    ],
  },
  {
    language: 'es',
    topic: 'refunds',
    title: 'Devolución del pedido {order}',
    turns: [
      'Hola, devolví el pedido {order} hace tres semanas y todavía no he recibido el dinero. ¿Qué pasa?',
      'Hola. El reembolso de **{amount}** salió ayer. El banco tarda entre tres y cinco días laborables.',
      '¿Me lo pueden confirmar por correo?',
      'Claro, acabo de enviarlo. Si no lo ve, mire en la carpeta de correo no deseado.',
    ],
  },
  {
    language: 'fr',
    topic: 'invoices',
    title: 'Facture {invoice} introuvable',
    turns: [
      'Bonjour, je ne trouve pas la facture {invoice}. Où puis-je la télécharger ?',
      'Bonjour ! Elle se trouve dans **Compte → Factures**. Je vous l’ai aussi envoyée par courriel.',
      'Il manque notre numéro de TVA.',
      'Envoyez-le-moi ici, s’il vous plaît, et je fais établir une facture corrigée.',
    ],
  },
  {
    language: 'ja',
    topic: 'products',
    title: '照明の明るさについて',
    turns: [
      'こんにちは。この照明は調光できますか？寝室で使いたいです。',
      'はい、1％から100％まで調光できます。寝室には**電球色**をおすすめします。リモコンは別売りです。',
      'ありがとうございます。送料はいくらですか？',
      '日本への送料は無料です。お届けまで五日から七日ほどかかります。',
    ],
  },
  {
    language: 'ar',
    topic: 'orders',
    title: 'أين طلبي {order}؟',
    turns: [
      'مرحبا، طلبت مصباحا قبل أسبوع ولم يصل بعد. رقم الطلب {order}.',
      'أهلا بك! طلبك **{order}** في الطريق، ومن المتوقع أن يصل غدا بين الساعة التاسعة والحادية عشرة.',
      'هل يمكن تغيير العنوان؟',
      'نعم، أرسل لي العنوان الجديد من فضلك وسأغيره فورا.',
      'شكرا جزيلا 🌷',
      'على الرحب والسعة!',
    ],
  },
  {
    language: 'tr',
    topic: 'login',
    title: 'Şifremi unuttum',
    turns: [
      'Merhaba, şifremi unuttum ve e-posta gelmiyor.',
      'Merhaba! E-posta az önce gönderildi. Lütfen gereksiz klasörünü de kontrol edin; bağlantı bir saat geçerlidir.',
      'Geldi, teşekkürler.',
      'Rica ederim, iyi günler!',
    ],
  },
  {
    language: 'pl',
    topic: 'bugs',
    title: 'Aplikacja się zawiesza',
    turns: [
      'Dzień dobry, po aktualizacji do {version} aplikacja zawiesza się przy starcie.',
      'Dzień dobry! To znany błąd. Proszę usunąć aplikację i zainstalować ją ponownie, ustawienia wrócą same.',
      'Nadal to samo. Mam zażółconą gęślą jaźń z nerwów.',
      'Przepraszam. Przekazuję sprawę koledze, odezwie się dziś.',
    ],
  },
  {
    language: 'zh',
    topic: 'delivery',
    title: '包裹损坏',
    turns: [
      '你好，包裹收到了，可是玻璃碎了。',
      '您好，非常抱歉！请发两张照片，我们今天就寄一个新的，旧的不用退回。',
      '好的，谢谢。大概几天到？',
      '五到七个工作日。发货以后您会收到运单号。',
    ],
  },
]

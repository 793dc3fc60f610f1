import { language } from './language.ts'
import type { Translation } from './language.ts'

const { counted, later, time } = language('ar')

/** A name in Latin letters keeps its own direction, and the sentence around it keeps its order. */
const isolated = (text: string) => `\u2068${text}\u2069`

/** Modern Standard Arabic. */
const ar: Translation = {
  title: 'محادثة',
  placeholder: 'اكتب رسالة…',
  send: 'إرسال',
  stop: 'إيقاف',
  retry: 'إعادة المحاولة',
  dismiss: 'تجاهل',
  regenerate: 'إجابة أخرى',
  copy: 'نسخ',
  copied: 'تم النسخ',
  you: 'أنت',
  assistant: 'المساعد',
  thinking: 'جارٍ التفكير…',
  reasoning: 'خطوات التفكير',
  typing: 'المساعد يكتب الإجابة.',
  replyFinished: 'المساعد:',
  replyStopped: 'تم الإيقاف',
  replyFailed: 'لم تكتمل',
  notSent: 'لم تُرسل',
  queued: 'بانتظار الإرسال',
  cancel: 'سحب الرسالة',
  done: 'منجزة',
  toDo: 'غير منجزة',
  wrapLines: 'التفاف الأسطر',
  image: 'صورة',
  showImage: 'عرض الصورة',
  notes: 'الحواشي',
  note: ({ label }) => `الحاشية ${isolated(label)}`,
  noteBack: ({ label }) => `العودة إلى الحاشية ${isolated(label)} في النص`,
  toolRunning: ({ name }) => `جارٍ تشغيل ${isolated(name)}…`,
  toolDone: ({ name }) => `تم تشغيل ${isolated(name)}`,
  toolFailed: ({ name }) => `تعذّر تشغيل ${isolated(name)}`,
  jumpToLatest: 'الانتقال إلى الأحدث',
  unread: ({ count, locale }) =>
    counted(
      count,
      {
        zero: 'لا إجابات جديدة',
        one: 'إجابة جديدة واحدة',
        two: 'إجابتان جديدتان',
        few: '# إجابات جديدة',
        many: '# إجابة جديدة',
        other: '# إجابة جديدة',
      },
      locale,
    ),
  loadOlder: 'عرض الرسائل السابقة',
  loading: 'جارٍ التحميل…',
  emptyTitle: 'كيف يمكنني المساعدة؟',
  emptyBody: 'اطرح أي سؤال للبدء.',
  suggestions: 'اقتراحات',
  votes: 'تقييم هذه الإجابة',
  upvote: 'إجابة جيدة',
  downvote: 'إجابة سيئة',
  voteThanks: 'شكرًا لك.',
  voteReason: 'ما المشكلة في هذه الإجابة؟',
  voteFailed: 'لم يُحفظ تقييمك. حاول مرة أخرى.',
  close: 'إغلاق',
  conversations: 'المحادثات',
  newConversation: 'محادثة جديدة',
  untitled: 'محادثة بلا عنوان',
  loadMore: 'عرض المزيد',
  noConversations: 'لا توجد محادثات بعد.',
  noResults: 'لا توجد نتائج.',
  errorGeneric: 'حدث خطأ ما. حاول مرة أخرى.',
  errorNetwork: 'لا يوجد اتصال بالخادم. تحقق من شبكتك ثم حاول مرة أخرى.',
  errorInterrupted: 'انقطع الاتصال قبل اكتمال الإجابة. حاول مرة أخرى للمتابعة.',
  errorTimeout: 'استغرق الخادم وقتًا طويلًا. حاول مرة أخرى.',
  errorRateLimit: ({ seconds }) =>
    seconds === undefined
      ? 'رسائل كثيرة دفعة واحدة. انتظر قليلًا ثم حاول مرة أخرى.'
      : `رسائل كثيرة دفعة واحدة. حاول مرة أخرى ${later(seconds)}.`,
  errorSession: 'انتهت جلستك. أعد تحميل الصفحة لتسجيل الدخول من جديد.',
  errorNotFound: 'هذه المحادثة لم تعد موجودة. ابدأ محادثة جديدة.',
  errorTooLong: 'هذه الرسالة طويلة جدًا. اختصرها ثم أرسلها من جديد.',
  time,
}

export default ar

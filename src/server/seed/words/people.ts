export const FIRST_NAMES =
  'Ada Amir Anna Aylin Bruno Camille Carmen Chen Clara Daniel Elena Emeka Emil Farid Fatima Felix Grace Hana Hugo Ines Ivan Jana Jonas Julia Kaito Karim Katya Kofi Lara Leila Leo Lina Lucas Maja Marco Maria Mei Milan Mina Nadia Noah Noor Olga Omar Oscar Paula Pedro Priya Rafael Rosa Ruth Sana Sara Sofia Tariq Theo Tomas Uma Vera Victor Wei Yara Yusuf Zoe'.split(
    ' ',
  )

export const LAST_NAMES =
  "Abbott Adeyemi Alvarez Andersen Baker Bauer Becker Bianchi Brown Castro Chen Costa Cruz Demir Dubois Evans Fischer Garcia Gomez Haddad Hansen Hoffmann Ibrahim Ito Jansen Jones Kaya Keller Khan Kim Kowalski Lange Larsen Lee Lopez Martin Mensah Meyer Moreau Moretti Müller Nakamura Novak Nguyen O'Brien Okafor Olsen Park Patel Pereira Petrov Ricci Rossi Santos Sato Schmidt Silva Singh Smith Suzuki Tanaka Torres Walker Weber Wilson Yilmaz Zhang".split(
    ' ',
  )

/** Names that a program for one alphabet gets wrong. */
export const OTHER_NAMES = [
  '山田 太郎',
  'ليلى حداد',
  'Željko Šćepanović',
  'María José Núñez Ibáñez',
  'Nguyễn Thị Minh Khai',
  'Åse Bjørnæs',
  'דנה לוי',
  'Ольга Петрова',
  'Jean-Baptiste de La Tour-d’Auvergne',
  'X Æ',
]

/** Reserved for examples: nobody gets mail there. */
export const DOMAINS = { 'example.com': 6, 'example.org': 3, 'example.net': 2, 'mail.example': 4, 'post.example': 1 }

export const COUNTRIES = { DE: 24, US: 17, GB: 14, FR: 10, ES: 8, NL: 7, IT: 6, PL: 5, TR: 3, JP: 3, AE: 2, BR: 1 }
export const COUNTRY_NAMES = ['Norway', 'Portugal', 'Switzerland', 'Ireland', 'Greece', 'Iceland', 'Canada', 'Japan']

export const CITIES =
  'Leipzig Rotterdam Lyon Porto Turin Gdańsk Leeds Antwerp Graz Bilbao Malmö Ghent Basel Cork'.split(' ')
export const AGENTS = ['Mara', 'Jonas', 'Ifeoma', 'Luc', 'Beatriz']

export const PRODUCTS = [
  'desk lamp',
  'coffee grinder',
  'air purifier',
  'smart thermostat',
  'kettle',
  'garden light',
  'fan heater',
  'bread oven',
  'motion sensor',
  'reading light',
  'water filter',
  'dimmer switch',
  'espresso machine',
  'door sensor',
  'radiator valve',
  'light strip',
]

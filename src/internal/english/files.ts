import type { Messages } from '../strings.ts'
import { counted } from './counted.ts'

/** What is said of files to be sent and sent. */
export const fileWords = {
  attach: 'Attach files',
  attachments: 'Attached files',
  attached: ({ count, locale }) => counted(count, locale, 'file attached', 'files attached'),
  dropFiles: 'Drop files to attach them',
  filesNeedText: 'Write a few words to go with the files.',
  removeFile: ({ name }) => `Remove ${name}`,
  stopUpload: ({ name }) => `Stop uploading ${name}`,
  retryUpload: ({ name }) => `Upload ${name} again`,
  uploaded: 'Uploaded',
  uploadFailed: 'Could not be uploaded',
  fileTooLarge: ({ size }) => (size === undefined ? 'Too large' : `Larger than ${size}`),
  fileTypeRefused: 'Files of this type cannot be sent',
  tooManyFiles: ({ count, locale }) => `Only ${counted(count, locale, 'file')} at once`,
  download: ({ name }) => `Download ${name}`,
} satisfies Partial<Messages>

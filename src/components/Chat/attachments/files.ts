// What is downloaded by a chat that takes files, in one piece.
export { AttachButton } from './AttachButton.tsx'
export { MessageFiles } from './MessageFiles.tsx'
export { Tray } from './Tray.tsx'

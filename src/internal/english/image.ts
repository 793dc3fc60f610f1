import type { Messages } from '../strings.ts'

/** What is said of images. */
export const imageWords = {
  image: 'Image',
  showImage: 'Show image',
} satisfies Partial<Messages>

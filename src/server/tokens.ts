/** A rough count, for models that do not count themselves. */
export const tokensIn = (text: string): number => Math.ceil(text.length / 4)

/** Tells texts apart, quickly and without a secure context. No protection against somebody who looks for a clash. */
export function hashText(text: string): string {
  let a = 0xde_ad_be_ef
  let b = 0x41_c6_ce_57
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    a = Math.imul(a ^ code, 2_654_435_761)
    b = Math.imul(b ^ code, 1_597_334_677)
  }
  const mix = (value: number) => {
    const mixed = Math.imul(value ^ (value >>> 16), 2_246_822_507)
    return ((mixed ^ (mixed >>> 13)) >>> 0).toString(36)
  }
  return `${mix(a)}${mix(b)}${text.length.toString(36)}`
}

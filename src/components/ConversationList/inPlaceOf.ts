/** The row that comes in place of one: the next of those that stay, at the end the one before. */
export function inPlaceOf(
  ids: readonly string[],
  id: string | undefined,
  stays: (id: string) => boolean,
): string | undefined {
  const at = id === undefined ? 0 : Math.max(0, ids.indexOf(id))
  return ids.slice(at).find(stays) ?? ids.slice(0, at).findLast(stays)
}

/** What was given, without what is `undefined`: that is left out of a request, and overrides nothing. */
export const given = (values: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

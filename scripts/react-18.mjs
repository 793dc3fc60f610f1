// `node --import ./scripts/react-18.mjs`: every `react` and `react-dom`, ours and our dependencies', is version 18.2.
import Module, { register } from 'node:module'

const from = /^(react|react-dom)(?=$|\/)/

const resolveFilename = Module._resolveFilename
Module._resolveFilename = function (request, ...rest) {
  return resolveFilename.call(this, request.replace(from, '$1-18'), ...rest)
}

register(
  `data:text/javascript,${encodeURIComponent(
    `export const resolve = (specifier, context, next) => next(specifier.replace(${from}, '$1-18'), context)`,
  )}`,
)

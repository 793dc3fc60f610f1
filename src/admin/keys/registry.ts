import { createCell } from '../../internal/index.ts'
import type { Readable } from '../../internal/index.ts'
import { joinCommands } from './commands.ts'
import type { Command } from './commands.ts'

/** What can be done on a part of a page, gathered from all that can do something there. */
export interface Registry extends Readable<readonly Command[]> {
  /** Gives the function that takes them out again. */
  add: (commands: readonly Command[]) => () => void
}

export function createRegistry(): Registry {
  const parts = new Set<readonly Command[]>()
  const cell = createCell<readonly Command[]>([])
  const tell = () => cell.set(joinCommands(parts))
  return {
    get: cell.get,
    subscribe: cell.subscribe,
    add(commands) {
      parts.add(commands)
      tell()
      return () => {
        parts.delete(commands)
        tell()
      }
    },
  }
}

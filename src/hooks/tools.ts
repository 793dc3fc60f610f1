import type { FunctionDefinition, Message } from '../protocol/index.ts'
import type { LiveTurn, ToolPart } from '../store/index.ts'

/** A function that the model may call and this page answers. */
export interface ToolHandler extends FunctionDefinition {
  /** What it gives is told to the model as JSON; what it throws as an error. */
  // eslint-disable-next-line typescript/no-explicit-any -- the arguments are what `parameters` says
  handler: (args: any, context: { signal: AbortSignal; messages: Message[] }) => unknown
}

/** Calls into this page a run may make, when nobody names a number. */
export const MAX_STEPS = 10

/** The functions as the server is told of them. */
export function definitions(tools: readonly ToolHandler[] = []): { functions?: FunctionDefinition[] } {
  if (tools.length === 0) return {}
  return { functions: tools.map(({ handler: _handler, ...definition }) => definition) }
}

/** The calls that a run waits for, when this page can answer all of them. */
export function waitingCalls(turn: LiveTurn | undefined, tools: readonly ToolHandler[] = []): readonly ToolPart[] {
  const calls = (turn?.reply?.parts ?? []).filter(
    (part): part is ToolPart => part.type === 'tool' && part.state === 'running',
  )
  return calls.every((call) => tools.some((tool) => tool.name === call.name)) ? calls : []
}

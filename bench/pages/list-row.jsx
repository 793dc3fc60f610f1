import { memo } from 'react'
import { ageOf } from './list-data.js'

/** A row as every React contender without rows of its own has it: it renders when its conversation is another object. */
export const Row = memo(function Row({ conversation }) {
  const { name, updatedAt, description } = conversation
  return (
    <div className="row">
      <button type="button">
        <span className="name">{name}</span>
        <time className="time">{ageOf(updatedAt)}</time>
        <span className="text">{description}</span>
      </button>
    </div>
  )
})

/** The list as state: an update is a new array with one new object in it. */
export function changed(list, id, name) {
  const at = list.findIndex((conversation) => conversation.id === id)
  const next = list.slice()
  next[at] = { ...list[at], name }
  return next
}

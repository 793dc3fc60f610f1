import { render, screen } from '@testing-library/react'
import { version } from 'react'
import { version as domVersion } from 'react-dom'
import { expect, test } from 'vitest'

test('these tests run on the oldest React that we promise', () => {
  render(<p>here</p>)
  expect(screen.getByText('here')).toBeTruthy()
  expect({ version, domVersion }).toEqual({ version: '18.2.0', domVersion: '18.2.0' })
})

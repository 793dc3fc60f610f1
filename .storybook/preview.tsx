/// <reference types="vite/client" />
import type { Preview } from '@storybook/react-vite'
import { configure, expect } from 'storybook/test'
import 'conversation-kit/styles.css'
import 'conversation-kit/admin/styles.css'
import './preview.css'
import { colourFaults } from '../stories/support/colours.ts'
import { withPage } from '../stories/support/page.tsx'

// A busy machine is no failure.
configure({ asyncUtilTimeout: 10_000 })

const preview: Preview = {
  parameters: {
    a11y: { test: 'error' },
    layout: 'fullscreen',
    options: { storySort: { order: ['Playground', 'Flows', 'Basics', 'Admin'] } },
  },
  globalTypes: {
    scheme: {
      description: 'Colour scheme of the page',
      toolbar: { title: 'Scheme', icon: 'mirror', dynamicTitle: true, items: ['light', 'dark'] },
    },
    dir: {
      description: 'Direction of writing',
      toolbar: { title: 'Direction', icon: 'transfer', dynamicTitle: true, items: ['ltr', 'rtl'] },
    },
  },
  initialGlobals: { scheme: 'light', dir: 'ltr' },
  decorators: [withPage],
  // What is shown in one scheme has to be seen in the other, and with forced colours.
  afterEach: async ({ parameters }) => {
    if (import.meta.env.VITEST_STORYBOOK === undefined || parameters.a11y?.test === 'off') return
    await expect(await colourFaults()).toEqual([])
  },
}

export default preview

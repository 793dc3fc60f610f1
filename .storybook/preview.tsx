/// <reference types="vite/client" />
import type { Preview } from '@storybook/react-vite'
import { configure } from 'storybook/test'
import 'conversation-kit/styles.css'
import './preview.css'
import { withPage } from '../stories/support/page.tsx'

// A busy machine is no failure.
configure({ asyncUtilTimeout: 10_000 })

const preview: Preview = {
  parameters: {
    a11y: { test: 'error' },
    layout: 'fullscreen',
    options: { storySort: { order: ['Playground', 'Flows', 'Basics'] } },
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
}

export default preview

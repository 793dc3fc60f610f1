import { addons } from 'storybook/manager-api'

addons.setConfig({
  layoutCustomisations: {
    // The playground is for talking to; its panel would have nothing to say.
    showPanel: ({ storyId }, byDefault) => (storyId?.startsWith('playground') ? false : byDefault),
  },
})

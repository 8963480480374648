import { createServerFeature } from '@payloadcms/richtext-lexical'

/** Cleans what is pasted into the editor; the work is done in the browser, where the clipboard is. */
export const CleanPasteFeature = createServerFeature({
  key: 'cleanPaste',
  feature: { ClientFeature: '/admin/editor/paste-feature-client#CleanPasteFeatureClient' },
})

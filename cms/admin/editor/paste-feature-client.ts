'use client'

import { createClientFeature } from '@payloadcms/richtext-lexical/client'
import { CleanPastePlugin } from './clean-paste-plugin.ts'

export const CleanPasteFeatureClient = createClientFeature({ plugins: [{ Component: CleanPastePlugin, position: 'normal' }] })

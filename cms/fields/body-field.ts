import {
  AlignFeature, BlockquoteFeature, BoldFeature, EXPERIMENTAL_TableFeature, FixedToolbarFeature, HeadingFeature, HorizontalRuleFeature,
  InlineToolbarFeature, ItalicFeature, lexicalEditor, LinkFeature, OrderedListFeature, ParagraphFeature, StrikethroughFeature,
  SubscriptFeature, SuperscriptFeature, UnderlineFeature, UnorderedListFeature, UploadFeature,
} from '@payloadcms/richtext-lexical'
import type { Field } from 'payload'
import { readRichText } from '@cluster/shared/publishing/clean-rich-text'
import type { RichText } from '@cluster/shared/publishing/rich-text'
import { CleanPasteFeature } from '../admin/editor/paste-feature.ts'

/** What an office's text needs and nothing that a template should decide: no fonts, colours or sizes. */
export const officeEditor = lexicalEditor({
  features: [
    ParagraphFeature(), HeadingFeature({ enabledHeadingSizes: ['h2', 'h3', 'h4'] }),
    BoldFeature(), ItalicFeature(), UnderlineFeature(), StrikethroughFeature(), SubscriptFeature(), SuperscriptFeature(),
    AlignFeature(), BlockquoteFeature(), HorizontalRuleFeature(),
    UnorderedListFeature(), OrderedListFeature(),
    LinkFeature({ enabledCollections: [] }), UploadFeature({ enabledCollections: ['media'] }), EXPERIMENTAL_TableFeature(),
    FixedToolbarFeature(), InlineToolbarFeature(), CleanPasteFeature(),
  ],
})

const isRichText = (value: unknown): value is RichText => typeof value === 'object' && value !== null && 'root' in value

/** Whatever way a text comes in, through the editor, an import or a request, it is kept in the one clean form. */
export const bodyField: Field = {
  name: 'body', label: '正文', type: 'richText', editor: officeEditor,
  hooks: { beforeValidate: [({ value }) => (isRichText(value) ? readRichText(value) : value)] },
}

import {
  AlignFeature, BlockquoteFeature, BoldFeature, EXPERIMENTAL_TableFeature, FixedToolbarFeature, HeadingFeature, HorizontalRuleFeature,
  InlineToolbarFeature, ItalicFeature, lexicalEditor, LinkFeature, OrderedListFeature, ParagraphFeature, StrikethroughFeature,
  SubscriptFeature, SuperscriptFeature, UnderlineFeature, UnorderedListFeature, UploadFeature,
} from '@payloadcms/richtext-lexical'
import type { Field } from 'payload'

/** What an office's text needs and nothing that a template should decide: no fonts, colours or sizes. */
export const officeEditor = lexicalEditor({
  features: [
    ParagraphFeature(), HeadingFeature({ enabledHeadingSizes: ['h2', 'h3', 'h4'] }),
    BoldFeature(), ItalicFeature(), UnderlineFeature(), StrikethroughFeature(), SubscriptFeature(), SuperscriptFeature(),
    AlignFeature(), BlockquoteFeature(), HorizontalRuleFeature(),
    UnorderedListFeature(), OrderedListFeature(),
    LinkFeature({ enabledCollections: [] }), UploadFeature({ enabledCollections: ['media'] }), EXPERIMENTAL_TableFeature(),
    FixedToolbarFeature(), InlineToolbarFeature(),
  ],
})

export const bodyField: Field = { name: 'body', label: '正文', type: 'richText', editor: officeEditor }

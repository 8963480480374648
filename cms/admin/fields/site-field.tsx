'use client'

import { RelationshipField, useOperation } from '@payloadcms/ui'
import type { RelationshipFieldClientProps } from 'payload'

/** The site of a document: chosen once, shown locked ever after. */
export function SiteField(props: RelationshipFieldClientProps) {
  return <RelationshipField {...props} readOnly={props.readOnly || useOperation() === 'update'} />
}

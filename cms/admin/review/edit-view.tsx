'use client'

import { DefaultEditView, DocumentInfoProvider, useDocumentInfo } from '@payloadcms/ui'
import type { DocumentViewClientProps } from 'payload'
import { ReviewProvider } from './review-context.tsx'

/** The edit page of a document with a review chain. What is published or withdrawn is shown locked: the server refuses to save it anyway. */
export function ReviewedEditView(props: DocumentViewClientProps) {
  const info = useDocumentInfo()
  const isLocked = info.data?.state === 'published' || info.data?.state === 'withdrawn'
  const view = <DefaultEditView {...props} />
  return (
    <ReviewProvider>
      {isLocked ? <DocumentInfoProvider {...info} hasSavePermission={false}>{view}</DocumentInfoProvider> : view}
    </ReviewProvider>
  )
}

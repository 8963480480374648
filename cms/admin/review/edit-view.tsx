'use client'

import { DefaultEditView, DocumentInfoProvider, ServerFunctionsContext, type ServerFunctionsContextType, useDocumentInfo, useServerFunctions } from '@payloadcms/ui'
import type { DocumentViewClientProps } from 'payload'
import { useMemo } from 'react'
import { ReviewProvider } from './review-context.tsx'

/** The edit page of a document with a review chain. What is published or withdrawn is shown locked: the server refuses to save it anyway. */
export function ReviewedEditView(props: DocumentViewClientProps) {
  const info = useDocumentInfo()
  const functions = useWithoutReloadWarning()
  const isLocked = info.data?.state === 'published' || info.data?.state === 'withdrawn'
  const view = <DefaultEditView {...props} />
  return (
    <ServerFunctionsContext value={functions}>
      <ReviewProvider>
        {isLocked ? <DocumentInfoProvider {...info} hasSavePermission={false}>{view}</DocumentInfoProvider> : view}
      </ReviewProvider>
    </ServerFunctionsContext>
  )
}

/**
 * The framework's own warning that somebody else has saved offers nothing but to reload, which loses what was typed or pasted so far.
 * A save tells of it too, and keeps both texts.
 */
function useWithoutReloadWarning(): ServerFunctionsContextType {
  const functions = useServerFunctions()
  return useMemo(() => ({
    ...functions,
    getFormState: (args) => functions.getFormState({ ...args, checkForStaleData: false }),
  }), [functions])
}

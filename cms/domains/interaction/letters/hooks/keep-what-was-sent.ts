import type { CollectionBeforeValidateHook } from 'payload'

const SENT = ['kind', 'receivedAt', 'dueAt', 'title', 'text', 'about', 'senderName', 'senderContact', 'mayPublish', 'codeHash'] as const

/** A letter is a document of somebody else's: an office answers it, it never edits it. */
export const keepWhatWasSent: CollectionBeforeValidateHook = ({ data, originalDoc, operation }) => {
  if (operation !== 'update' || !data) return data
  return { ...data, ...Object.fromEntries(SENT.map((field) => [field, originalDoc[field]])), isPublic: Boolean(data.isPublic ?? originalDoc.isPublic) && Boolean(originalDoc.mayPublish) }
}

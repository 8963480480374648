import type { CollectionBeforeChangeHook } from 'payload'
import { personOf } from '../../../../access/granted-sites.ts'

/**
 * Whoever sets a new password for their own account has made their first sign-in; whoever is given one by an administrator must change
 * it first, because two people know it.
 */
export const noteChangedPassword: CollectionBeforeChangeHook = ({ data, originalDoc, operation, req }) => {
  const person = personOf(req)
  if (operation !== 'update' || !person || typeof data.password !== 'string' || data.password === '') return data
  return { ...data, mustChangePassword: person.id !== originalDoc?.id }
}

import type { Access, FieldAccess, Where } from 'payload'
import { accountOf, keyOf, personOf, sitesWith } from '../../../access/granted-sites.ts'
import { onGrantedSite, withinGrantedSites } from '../../../access/within-granted-sites.ts'

/** Accounts are the security administrator's; a site administrator sees those of the site. */
export const mayAdminister = (operation: 'create' | 'update'): Access =>
  operation === 'create' ? onGrantedSite(['security-admin']) : withinGrantedSites(['security-admin'])

const orOneself = (access: Access): Access => async (args) => {
  const account = accountOf(args.req)
  if (!account || keyOf(args.req)) return false
  const granted = await access(args)
  if (granted === true) return true
  const own: Where = { id: { equals: account.id } }
  return granted ? { or: [own, granted] } : own
}

export const maySeeAccount = orOneself(withinGrantedSites(['security-admin', 'site-admin', 'province-admin', 'audit-admin']))
/** Nobody their own: the password has its own address, where the present one is asked for. */
export const mayUpdateAccount = withinGrantedSites(['security-admin'])

/** Fields by which a person is known or may act: nobody writes them for themselves. */
export const onlyAdministrators: FieldAccess = async ({ req, id }) => {
  const person = personOf(req)
  if (!person || (id !== undefined && Number(id) === person.id)) return false
  return (await sitesWith(req, ['security-admin'])).length > 0
}

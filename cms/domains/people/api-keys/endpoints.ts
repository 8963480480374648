import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { READING_DUTIES } from '@cluster/shared/governance/duties'
import { KEY_OPERATIONS, type KeyOperation, MAX_KEY_DAYS } from '@cluster/shared/people/api-key-scope'
import { hasDutyOn } from '../../../access/within-granted-sites.ts'
import { audit } from '../../../audit/record.ts'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { requireOwnPassword, requirePerson, requireSecurityAdmin } from '../account/require.ts'
import { answering, bodyOf, refuse } from '../answer.ts'
import { makeKey } from './sign-in-by-key.ts'
import { keepKey, readKeys, revokeKey } from './store.ts'

/** A key for every site would be a password; programs of an office concern a few. */
const MAX_SITES = 20
const MAX_COLUMNS = 50
/** Keys of one person that may be valid at once. */
const MAX_KEYS = 20

const id = z.number().int().positive().max(2 ** 31 - 1)
const keySchema = z.object({
  name: z.string().trim().min(2).max(60),
  operations: z.array(z.enum(Object.keys(KEY_OPERATIONS) as [KeyOperation, ...KeyOperation[]])).min(1).transform((operations) => [...new Set(operations)]),
  siteIds: z.array(id).min(1).max(MAX_SITES),
  columnIds: z.array(id).max(MAX_COLUMNS).default([]),
  days: z.number().int().min(1).max(MAX_KEY_DAYS),
  password: z.string().min(1).max(512),
})
type Wanted = z.output<typeof keySchema>

/** `GET /api/account/api-keys` → `{ keys }`: mine. */
const list = async (req: PayloadRequest): Promise<Response> => Response.json({ keys: await readKeys(req, { personId: requirePerson(req).id }) })

/** `POST /api/account/api-keys` `{ name, operations, siteIds, columnIds, days, password }` → `{ id, key }`; the key is shown this once. */
const make = async (req: PayloadRequest): Promise<Response> => {
  const person = requirePerson(req)
  const wanted = await bodyOf(req, keySchema)
  await requireOwnPassword(req, person, wanted.password)
  await requireWithinGrants(req, wanted)
  if ((await readKeys(req, { personId: person.id })).filter(({ isValid }) => isValid).length >= MAX_KEYS) {
    refuse(409, 'too-many-keys', `您已经有 ${MAX_KEYS} 个有效的接口密钥。请先停用不再需要的。`)
  }
  const { key, beginning, hash } = makeKey()
  const { name, operations, siteIds, columnIds, days } = wanted
  const number = await inTransaction(req, async () => {
    const made = await keepKey(req, { personId: person.id, name, beginning, hash, operations, siteIds, columnIds, days })
    await audit(req, { deed: 'make-api-key', detail: { key: made, operations, sites: siteIds, columns: columnIds, days } })
    return made
  })
  return Response.json({ id: number, key }, { status: 201 })
}

/** Nobody hands out what they do not hold. What they lose later, the key loses with them. */
async function requireWithinGrants(req: PayloadRequest, { operations, siteIds, columnIds }: Wanted): Promise<void> {
  for (const site of siteIds) {
    const needed = operations.includes('write-drafts') ? ['editor'] as const : READING_DUTIES
    if (!(await hasDutyOn(req, site, needed))) {
      refuse(403, 'outside-grants', operations.includes('write-drafts') ? '您在所选站点没有编辑职责，不能给出写草稿的密钥。请去掉这个站点或“写草稿”。' : '所选站点不在您的职责范围内，请去掉。', 'siteIds')
    }
  }
  if (!operations.includes('write-drafts')) return
  if (columnIds.length === 0) refuse(422, 'column-missing', '请选择密钥可以写草稿的栏目。', 'columnIds')
  const columns = await query<{ id: number }>(req, sql`
    select id from columns where id in (select jsonb_array_elements_text(${JSON.stringify(columnIds)}::jsonb)::int)
      and site_id in (select jsonb_array_elements_text(${JSON.stringify(siteIds)}::jsonb)::int)`)
  if (columns.length !== new Set(columnIds).size) refuse(422, 'column-elsewhere', '所选栏目不属于所选站点，请重新选择。', 'columnIds')
}

/** The number in the address. @throws Refused 404 */
function keyNumber(req: PayloadRequest): number {
  const parsed = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).safeParse(req.routeParams?.id)
  return parsed.success ? parsed.data : refuse(404, 'not-found', '没有找到这个密钥。')
}

async function revoke(req: PayloadRequest, by: number, number: number): Promise<Response> {
  await inTransaction(req, async () => {
    if (!(await revokeKey(req, number, by))) refuse(409, 'revoked', '这个密钥已经停用了。')
    await audit(req, { deed: 'revoke-api-key', detail: { key: number } })
  })
  return Response.json({ message: '密钥已停用，用它的程序不能再访问。' })
}

/** `POST /api/account/api-keys/:id/revoke`. */
const revokeOwn = async (req: PayloadRequest): Promise<Response> => {
  const person = requirePerson(req)
  const number = keyNumber(req)
  if (!(await readKeys(req, { personId: person.id })).some((key) => key.id === number)) refuse(404, 'not-found', '没有找到这个密钥。')
  return revoke(req, person.id, number)
}

/** `GET /api/security/api-keys` → `{ keys }`: of the accounts in reach. */
const listAll = async (req: PayloadRequest): Promise<Response> => Response.json({ keys: await readKeys(req, { reach: (await requireSecurityAdmin(req)).reach }) })

/** `POST /api/security/api-keys/:id/revoke`. */
const revokeAny = async (req: PayloadRequest): Promise<Response> => {
  const { person, reach } = await requireSecurityAdmin(req)
  const number = keyNumber(req)
  if (!(await readKeys(req, { reach })).some((key) => key.id === number)) refuse(404, 'not-found', '没有找到这个密钥。')
  return revoke(req, person.id, number)
}

export const apiKeyEndpoints: Endpoint[] = [
  { path: '/account/api-keys', method: 'get', handler: answering(list) },
  { path: '/account/api-keys', method: 'post', handler: answering(make) },
  { path: '/account/api-keys/:id/revoke', method: 'post', handler: answering(revokeOwn) },
  { path: '/security/api-keys', method: 'get', handler: answering(listAll) },
  { path: '/security/api-keys/:id/revoke', method: 'post', handler: answering(revokeAny) },
]

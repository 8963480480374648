import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { personOf } from '../../access/granted-sites.ts'
import type { ReviewedCollection } from '../../domains/slugs.ts'
import { mayRead } from '../may-read.ts'
import { listVersions, readVersion } from '../versions.ts'

const idSchema = z.coerce.number().int().positive().max(2 ** 31 - 1)

/**
 * `GET /api/<collection>/<id>/versions` and `…/versions/<number>`: the history of a working copy, texts of refused saves included.
 * Whoever may read the document may read its history; restoring a text is an ordinary save made with it.
 */
export function versionsEndpoint(collection: ReviewedCollection): Omit<Endpoint, 'root'>[] {
  return [
    {
      path: '/:id/versions', method: 'get',
      handler: async (req) => readable(req, collection, async (id) =>
        Response.json({ versions: await listVersions(req, collection, id) })),
    },
    {
      path: '/:id/versions/:versionId', method: 'get',
      handler: async (req) => readable(req, collection, async (id) => {
        const versionId = idSchema.safeParse(req.routeParams?.versionId)
        const found = versionId.success ? await readVersion(req, collection, id, versionId.data) : null
        return found ? Response.json(found) : notFound()
      }),
    },
  ]
}

/** Answers only to those who may read the document; for everybody else there is none. */
export async function readable(req: PayloadRequest, collection: ReviewedCollection, answer: (id: number) => Promise<Response>): Promise<Response> {
  if (!personOf(req)) return Response.json({ errors: [{ message: '请先登录。', code: 'sign-in-required' }] }, { status: 401 })
  const id = idSchema.safeParse(req.routeParams?.id)
  if (!id.success || await mayRead(req, collection, id.data) !== 'yes') return notFound()
  return answer(id.data)
}

const notFound = () => Response.json({ errors: [{ message: '没有找到。', code: 'not-found' }] }, { status: 404 })

import type { Endpoint, PayloadRequest } from 'payload'
import { type Duty, READING_DUTIES } from '@cluster/shared/governance/duties'
import { z } from 'zod'
import { personOf, sitesWith, today } from '../../../access/granted-sites.ts'
import { audit } from '../../../audit/record.ts'
import { answering, bodyOf, refuse } from '../../people/answer.ts'
import { acknowledgeNotice } from './acknowledge-notice.ts'
import { adopt, adoptSchema } from './adopt.ts'
import { answerOffer, answerSchema } from './answer-offer.ts'
import { decideSubmission, decisionSchema } from './decide-submission.ts'
import { describeDocument } from './describe-document.ts'
import { dropPlacement, dropSchema } from './drop-placement.ts'
import { adoptableSchema, listAdoptable } from './list-adoptable.ts'
import { listPlaced } from './list-placed.ts'
import { listPushed } from './list-pushed.ts'
import { listReceived } from './list-received.ts'
import { listSubmissions } from './list-submissions.ts'
import { type Target, targetSchema } from './pool-item.ts'
import { push, pushSchema } from './push.ts'
import { submitSchema, submitUpward } from './submit-upward.ts'
import { takeBack, takeBackSchema } from './take-back.ts'
import { yearCsv, yearReport, yearSchema } from './year-report.ts'

const idSchema = z.coerce.number().int().positive().max(2 ** 31 - 1)
const documentSchema = z.object({ ...targetSchema, id: idSchema })

/**
 * `/api/content-pool/…`: what is pushed, offered, adopted and submitted. Lists keep to the sites of the person who asks; each deed needs its
 * duty on the site that it is done for.
 */
export const contentPoolEndpoints: Endpoint[] = [
  get('/documents/:collection/:id', READING_DUTIES, async (req) => {
    const target = documentSchema.safeParse(req.routeParams)
    return describeDocument(req, target.success ? target.data satisfies Target : refuse(404, 'not-found', '没有找到这篇内容。'))
  }),
  get('/received', ['editor'], (req) => listReceived(req)),
  get('/adoptable', ['editor'], (req) => listAdoptable(req, parsed(req.query, adoptableSchema))),
  get('/placed', READING_DUTIES, async (req) => ({ items: await listPlaced(req) })),
  get('/pushed', READING_DUTIES, async (req) => ({ pushes: await listPushed(req) })),
  get('/submissions', READING_DUTIES, async (req) => ({ below: await listSubmissions(req, 'below'), own: await listSubmissions(req, 'own') })),
  get('/years/:year', READING_DUTIES, async (req) => ({ rows: await yearReport(req, yearOf(req)) })),
  { path: '/content-pool/years/:year/csv', method: 'get', handler: asHolder(READING_DUTIES, async (req) => {
    const year = yearOf(req)
    const csv = yearCsv(await yearReport(req, year))
    await audit(req, { deed: 'export', collection: 'content-pool', detail: { year } })
    return new Response(csv, { headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="submissions-${year}-${today()}.csv"` } })
  }) },
  post('/pushes', ['final-reviewer'], async (req) => push(req, await bodyOf(req, pushSchema))),
  post('/pushes/:id/take-back', ['final-reviewer'], async (req) => takeBack(req, idOf(req), await bodyOf(req, takeBackSchema))),
  post('/pushes/:id/answer', ['editor'], async (req) => answerOffer(req, idOf(req), await bodyOf(req, answerSchema))),
  post('/adoptions', ['editor'], async (req) => adopt(req, await bodyOf(req, adoptSchema))),
  post('/adoptions/drop', ['editor'], async (req) => {
    await dropPlacement(req, await bodyOf(req, dropSchema))
    return { message: '已从本站点撤下。' }
  }),
  post('/submissions', ['editor'], async (req) => submitUpward(req, await bodyOf(req, submitSchema))),
  post('/submissions/:id/decide', ['final-reviewer'], async (req) => decideSubmission(req, idOf(req), await bodyOf(req, decisionSchema))),
  post('/notices/:id/seen', ['editor'], async (req) => {
    await acknowledgeNotice(req, idOf(req))
    return { message: '已记下。' }
  }),
]

type Answer = (req: PayloadRequest) => Promise<object>

function get(path: string, duties: readonly Duty[], answer: Answer): Endpoint {
  return { path: `/content-pool${path}`, method: 'get', handler: asHolder(duties, async (req) => Response.json(await answer(req))) }
}

function post(path: string, duties: readonly Duty[], answer: Answer): Endpoint {
  return { path: `/content-pool${path}`, method: 'post', handler: asHolder(duties, async (req) => Response.json(await answer(req))) }
}

/** Whoever has none of the duties anywhere has nothing to do here; on which site they must be held is the deed's own question. */
function asHolder(duties: readonly Duty[], handler: (req: PayloadRequest) => Promise<Response>): (req: PayloadRequest) => Promise<Response> {
  return answering(async (req) => {
    if (!personOf(req)) refuse(401, 'sign-in-required', '请先登录。')
    const sites = await sitesWith(req, duties)
    if (sites !== 'all' && sites.length === 0) refuse(403, 'duty-missing', '内容共享由编辑和终审办理，您的账号没有需要的职责。')
    return handler(req)
  })
}

function idOf(req: PayloadRequest): number {
  const id = idSchema.safeParse(req.routeParams?.id)
  return id.success ? id.data : refuse(404, 'not-found', '没有找到。请刷新页面。')
}

function yearOf(req: PayloadRequest): number {
  const year = yearSchema.safeParse(req.routeParams?.year)
  return year.success ? year.data : refuse(400, 'invalid', '年份不正确，应为四位数字，如 2026。', 'year')
}

function parsed<T>(value: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(value ?? {})
  return result.success ? result.data : refuse(400, 'invalid', '查询条件不正确，请检查站点、搜索词和页码。')
}

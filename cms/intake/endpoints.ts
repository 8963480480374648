import { timingSafeEqual } from 'node:crypto'
import { addDataAndFileToRequest, type Endpoint, type PayloadRequest } from 'payload'
import { letterSubmissionSchema, portalNoteSchema } from '@cluster/shared/delivery/intake'
import { INTERACTION_MODULES } from '@cluster/shared/governance/templates/parts'
import { LETTER_KINDS } from '@cluster/shared/publishing/kinds'
import { closedModule } from '../domains/interaction/letters/closed-module.ts'
import { receiveLetter } from '../domains/interaction/letters/receive.ts'
import { env } from '../env.ts'
import { noteProcess } from '../metrics/show-process.ts'
import { answerPreview } from '../preview/answer-preview.ts'
import { openPreviewToken } from '../preview/token.ts'

const FIELD_NAMES: Record<string, string> = { site: '站点', kind: '类型', name: '姓名', contact: '联系方式', title: '标题', text: '内容', about: '所指页面', mayPublish: '是否同意公开' }

/** What portals ask of the CMS: to take in a letter, to show an unpublished text, to know how far they have come. Nothing else reaches it from the public side. */
export const intakeEndpoints: Endpoint[] = [
  {
    path: '/intake/letters', method: 'post',
    handler: async (req) => {
      if (!comesFromPortal(req)) return refuse(403, 'portal-only', '只接受门户转来的请求。')
      const parsed = letterSubmissionSchema.safeParse(await bodyOf(req))
      if (!parsed.success) {
        return Response.json({ errors: parsed.error.issues.map((issue) => {
          const path = String(issue.path[0] ?? '')
          return { code: 'invalid', path, message: fieldMessage(path, issue.code) }
        }) }, { status: 422 })
      }
      const closed = await closedModule(req, parsed.data)
      if (closed) return refuse(422, 'module-off', `这个站点没有开通“${INTERACTION_MODULES[closed]}”，留言没有收下。请改用页面下方的联系电话。`)
      const { PAYLOAD_SECRET } = env()
      const code = await receiveLetter(req.payload, parsed.data, { now: new Date(), secret: PAYLOAD_SECRET })
      return code === null ? refuse(422, 'unknown-site', '没有这个站点。') : Response.json({ code }, { status: 201 })
    },
  },
  {
    path: '/intake/portals', method: 'post',
    handler: async (req) => {
      if (!comesFromPortal(req)) return refuse(403, 'portal-only', '只接受门户转来的请求。')
      const parsed = portalNoteSchema.safeParse(await bodyOf(req))
      if (!parsed.success) return refuse(422, 'invalid', '门户的状态说明不完整。')
      const { id, host, startedAt, ...facts } = parsed.data
      await noteProcess(req.payload.db.pool, { id, kind: 'portal', host, startedAt, facts })
      return new Response(null, { status: 204 })
    },
  },
  {
    path: '/intake/preview', method: 'post',
    handler: async (req) => {
      if (!comesFromPortal(req)) return refuse(403, 'portal-only', '只接受门户转来的请求。')
      const body = await bodyOf(req)
      const token = typeof body === 'object' && body !== null && 'token' in body ? String(body.token) : ''
      const target = openPreviewToken(token, { secret: env().PREVIEW_SECRET, now: new Date() })
      const answer = target && await answerPreview(req, target)
      return answer ? Response.json(answer) : refuse(403, 'preview-expired', '预览链接已失效，请回到后台重新打开预览。')
    },
  },
]

function fieldMessage(path: string, code: string): string {
  const name = FIELD_NAMES[path] ?? '内容'
  if (code === 'too_big') return `${name}太长了，请精简。`
  if (path === 'kind') return `请选择类型：${Object.values(LETTER_KINDS).join('、')}。`
  return path === 'text' ? '请写明内容（至少 5 个字）。' : `请填写${name}。`
}

async function bodyOf(req: PayloadRequest): Promise<unknown> {
  try {
    await addDataAndFileToRequest(req)
    return req.data
  } catch {
    return null
  }
}

/** Compared in constant time: the key opens a door that is otherwise closed. */
function comesFromPortal(req: PayloadRequest): boolean {
  const given = Buffer.from(req.headers.get('x-intake-key') ?? '')
  const expected = Buffer.from(env().INTAKE_KEY)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const refuse = (status: number, code: string, message: string) => Response.json({ errors: [{ code, message }] }, { status })

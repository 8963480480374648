import { letterFormPath } from '@cluster/shared/delivery/addresses'
import { LETTER_LIMITS, letterSubmissionSchema } from '@cluster/shared/delivery/intake'
import type { LetterFormPage } from '@cluster/shared/delivery/page-models'
import { LETTER_KINDS } from '@cluster/shared/publishing/kinds'
import { Unreachable } from '../data/failures.ts'
import { chromeTags, makeChrome } from './chrome.ts'
import { passing, storable, type Loaded, type LoadContext } from './context.ts'

type Values = LetterFormPage['values']
type FormErrors = LetterFormPage['errors']

/** What is wrong with a field, in the words of the form. */
const FIELD_ERRORS: Record<string, string> = {
  kind: '请选择留言类型',
  name: `请填写姓名，不超过 ${LETTER_LIMITS.name} 个字`,
  contact: `请填写电话或邮箱，不超过 ${LETTER_LIMITS.contact} 个字，我们用它与您联系，不会公开`,
  title: `请填写标题，不超过 ${LETTER_LIMITS.title} 个字`,
  text: `请填写内容，5 到 ${LETTER_LIMITS.text} 个字`,
  about: '出错页面的地址太长，请只保留网址',
}

/** The empty form, filled in from `?kind=` and `?about=` where a link gives them. */
export function loadLetterForm(context: LoadContext): Loaded {
  const kind = context.query.get('kind') ?? ''
  const about = context.query.get('about') ?? ''
  const isPlain = kind === '' && about === ''
  const page = formPage(context, {
    values: { ...EMPTY, kind: kind in LETTER_KINDS ? kind : EMPTY.kind, about: about.slice(0, 300) },
  })
  return isPlain ? storable(page, chromeTags(context.site)) : passing(page)
}

/** A letter as it was sent: the query code on success, otherwise the form again with all that was typed. */
export async function sendLetterForm(context: LoadContext, form: URLSearchParams): Promise<Loaded> {
  const values = readValues(form)
  // A field that people do not see: whatever fills it in is a program. It gets the form back, and no hint.
  if ((form.get('website') ?? '') !== '') {
    return passing(formPage(context, { values, errors: [{ message: '留言没有发出，请刷新页面后重新填写。' }] }), 422)
  }
  const parsed = letterSubmissionSchema.safeParse({
    ...values,
    site: context.site.slug,
    about: values.about === '' ? undefined : values.about,
  })
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))]
    return passing(
      formPage(context, {
        values,
        errors: fields.map((path) => ({ path, message: FIELD_ERRORS[path] ?? '这一项填写有误' })),
      }),
      422,
    )
  }
  const outcome = await context.services.intake.sendLetter(parsed.data).catch((error: unknown) => {
    if (error instanceof Unreachable) return null
    throw error
  })
  if (!outcome) {
    const message = '留言暂时没有送达：后台没有应答。您填写的内容还在下面，请过几分钟再点一次“提交”。'
    return passing(formPage(context, { values, errors: [{ message }] }), 503)
  }
  if (outcome.state === 'refused') return passing(formPage(context, { values, errors: outcome.errors }), 422)
  return passing(formPage(context, { values, code: outcome.code }))
}

const EMPTY: Values = { kind: 'inquiry', name: '', contact: '', title: '', text: '', mayPublish: false, about: '' }

function readValues(form: URLSearchParams): Values {
  const text = (name: string) => (form.get(name) ?? '').replace(/\r\n?/g, '\n')
  return {
    kind: text('kind'),
    name: text('name'),
    contact: text('contact'),
    title: text('title'),
    text: text('text'),
    mayPublish: form.has('mayPublish') && !['', 'false', '0', 'no'].includes(text('mayPublish')),
    about: text('about'),
  }
}

function formPage(
  context: LoadContext,
  {
    values,
    errors = [],
    code = null,
  }: {
    values: Values
    errors?: FormErrors
    code?: string | null
  },
): LetterFormPage {
  return {
    kind: 'letter-form',
    chrome: makeChrome(context, {
      title: code === null ? (errors.length > 0 ? '留言没有发出' : '我要留言') : '留言已收到',
      description: `向${context.site.office}咨询、投诉、提建议，或报告网站差错。`,
      trail: [{ label: '我要留言', href: letterFormPath() }],
      robots: code === null ? undefined : 'noindex',
    }),
    values,
    errors,
    code,
  }
}

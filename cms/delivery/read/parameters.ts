import { z } from 'zod'
import { collectionSchema } from '@cluster/shared/delivery/records'

/** A parameter that cannot be meant: the answer is 400. */
export class BadParameter extends Error {
  override name = 'BadParameter'
}

/** What the parameters of our addresses look like. A number larger than PostgreSQL's integer names no document. */
export const PARAMETERS = {
  site: z.string().regex(/^[a-z]+(-[a-z]+)*$/).max(60),
  key: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  collection: collectionSchema,
  id: z.coerce.number().int().min(1).max(2_147_483_647),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  codeHash: z.string().regex(/^[0-9a-f]{64}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().min(1).max(255).regex(/^[^\u0000\p{Surrogate}]*$/u),
} as const
export type ParameterName = keyof typeof PARAMETERS

const MEANT: Record<ParameterName, string> = {
  site: '站点的英文短名，如 nanjing', key: '栏目的英文短名，如 policies', collection: 'articles、policies 或 letters', id: '正整数',
  page: '从 1 开始的页码', limit: '1 到 100 的整数', after: '不小于 0 的整数', codeHash: '64 位十六进制数', hash: '64 位十六进制数',
  name: '不超过 255 个字符的文件名',
}

/** Parses one parameter. Throws `BadParameter` that names it and says what it should have been. */
export function parameter<N extends ParameterName>(name: N, value: string | undefined): z.output<(typeof PARAMETERS)[N]> {
  const parsed = PARAMETERS[name].safeParse(value)
  if (parsed.success) return parsed.data as z.output<(typeof PARAMETERS)[N]>
  throw new BadParameter(`参数 ${name} 的值不可用，应为${MEANT[name]}。`)
}

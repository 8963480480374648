import { readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { FaultCase, Outcome, Stage } from '../fault-case.ts'
import { WORKED_SITE, type Trial } from '../open-trial.ts'
import { signIn, type Person } from '../person.ts'
import { noisyPicture, sendPicture } from '../send-picture.ts'
import { trySettling } from '../try-settling.ts'

/** Fills the disks of a page store, of the media folder and of PostgreSQL to the last byte, and makes room again. */
export const disk: FaultCase = {
  name: 'disk',
  label: '写满磁盘',
  run: async (stage) => {
    if (!stage.trial.disks) return [{ what: '写满磁盘', faults: [], skipped: '跳过：挂载小磁盘需要 Linux 的 root 权限' }]
    return [await fillPages(stage), await fillMedia(stage), await fillDatabase(stage)]
  },
}

async function fillPages({ trial, holdMs, tell }: Stage): Promise<Outcome> {
  tell('… 写满 portal-1 的页面存储')
  trial.disks!.pages.fill()
  await wait(holdMs)
  trial.disks!.pages.clean()
  return { what: '写满页面存储', faults: await trySettling(trial, '页面存储写满之后') }
}

async function fillMedia({ trial, tell }: Stage): Promise<Outcome> {
  tell('… 写满附件目录')
  const editor = await signIn(trial, { duty: 'editor', site: WORKED_SITE })
  const faults: string[] = []
  const before = { files: countFiles(trial), records: await countMedia(editor) }
  trial.disks!.media.fill()
  const refused = await upload(trial, editor, 'full.png')
  if (refused.status < 400) faults.push(`附件目录已满，上传却得到 ${refused.status}`)
  if (!/[\u4e00-\u9fff]/.test(refused.text)) faults.push(`附件目录已满时，上传的答复没有用中文说明：${refused.status} ${refused.text.slice(0, 200)}`)
  if (await countMedia(editor) !== before.records) faults.push('没有存下的附件在库里留下了记录')
  trial.disks!.media.clean()
  if (countFiles(trial) !== before.files) faults.push('没有存下的附件在目录里留下了残片')
  const accepted = await upload(trial, editor, 'room.png')
  if (accepted.status !== 201) faults.push(`腾出空间之后仍不能上传：${accepted.status} ${accepted.text.slice(0, 200)}`)
  return { what: '写满附件目录', faults }
}

async function fillDatabase({ trial, holdMs, tell }: Stage): Promise<Outcome> {
  tell('… 写满数据库的磁盘')
  const { postgres } = trial.disks!
  postgres.fill()
  await wait(holdMs)
  postgres.clean()
  return { what: '写满数据库的磁盘', faults: await trySettling(trial, '数据库的磁盘写满之后') }
}

async function upload(trial: Trial, editor: Person, name: string): Promise<{ status: number; text: string }> {
  const { json } = await editor.call('GET', '/api/columns?where[key][equals]=updates&depth=0')
  const site = (json.docs as Array<{ site: number }>)[0]!.site
  return sendPicture({ port: trial.front.cms, authorization: editor.authorization, name, bytes: await noisyPicture(), site })
}

async function countMedia(editor: Person): Promise<unknown> {
  return (await editor.call('GET', '/api/media?limit=1&depth=0')).json.totalDocs
}

function countFiles(trial: Trial): number {
  return readdirSync(trial.folders.media, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length
}

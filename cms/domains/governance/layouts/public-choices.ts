import type { PayloadRequest } from 'payload'
import type { SiteChoices } from '@cluster/shared/delivery/records'
import { type Choices } from '@cluster/shared/governance/templates/choices'
import { type Issue, refusal } from '@cluster/shared/issue'
import { pictureOf, readMedia, type StoredFile } from '../../../delivery/files.ts'

export type PublicChoices = { choices: SiteChoices; files: StoredFile[]; issues: Issue[] }

/** Choices in finished public form: the hero picture with its files. Only a picture of the site's own, with its words, can be shown. */
export async function projectChoices(req: PayloadRequest, siteId: number, { heroPicture, ...choices }: Choices): Promise<PublicChoices> {
  if (heroPicture === null) return { choices, files: [], issues: [] }
  const medium = (await readMedia(req, siteId, [heroPicture])).get(heroPicture)
  const shown = medium && pictureOf(medium)
  if (!shown) {
    return { choices, files: [], issues: [refusal('picture-unusable',
      '首页主图不能用：它不是本站点的图片，或没有填写替代文字。请从本站点的图片中选一张，并写明图上是什么。', 'heroPicture')] }
  }
  return { choices: { ...choices, heroPicture: shown.picture }, files: shown.files, issues: [] }
}

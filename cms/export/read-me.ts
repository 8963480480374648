import type { Site } from '../payload-types.ts'
import type { ExportManifest } from './formats.ts'

/** What whoever opens the export should know, in the office's language. */
export function readMe(
  { site, counts, missingFiles, now }:
  { site: Pick<Site, 'name' | 'office' | 'slug'>, counts: ExportManifest['counts'], missingFiles: readonly string[], now: Date },
): string {
  const at = now.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })
  return `# ${site.name}：内容导出

${site.office}（${site.slug}），${at}（北京时间）这一刻的全部内容。所有文件都是公开格式，不需要本系统就能打开。

| 内容 | 数量 | 位置 |
|---|---|---|
| 稿件 | ${counts.articles} 篇 | \`documents/articles/编号\`：\`.html\` 用浏览器看，\`.md\` 便于编辑，\`.json\` 供程序读取 |
| 政策文件 | ${counts.policies} 篇 | \`documents/policies/\`，同上 |
| 历次保存的版本 | | \`versions/\` |
| 已公开的留言和答复 | ${counts.letters} 件 | \`letters/\` |
| 图片和附件 | ${counts.files} 个 | \`files/\`，说明文字和 SHA-256 见 \`media.json\` |
| 站点和栏目 | | \`site.json\` |
| 各种 JSON 的结构说明（JSON Schema） | | \`schema/\` |
| 每个文件的大小和 SHA-256 | | \`manifest.json\` |

- 草稿、待审、已发布、已撤稿的都在内，状态见每篇的 \`state\`；\`published\` 是公众此刻看到的版本，没有公开的为空。
- \`signOffs\` 是每一环签批（起草、初审、复审、终审）的姓名、单位、时间和所签内容的摘要值，失效的也保留并注明原因；\`transitions\` 是每一步流转。
- 留言只含已答复并经来信人同意公开的，姓名已隐去。没有公开的留言、来信人的姓名和联系方式、账号和审计记录不在导出之内。
${missingFiles.length > 0 ? `\n**下列文件登记在册，但导出时不在附件目录里：**\n\n${missingFiles.map((name) => `- ${name}`).join('\n')}\n` : ''}`
}

import type { DocumentCollection } from '../publishing/kinds.ts'

/** Cache tags: a page carries the tags of all that it shows; a change announces the tags of all that it touched. */
export const clusterTag = () => 'cluster'
export const directoryTag = () => 'directory'
export const siteTag = (site: string) => `site:${site}`
export const navigationTag = (site: string) => `nav:${site}`
/**
 * Pages that show what a site or the sites below it published last: its home, feed and crawlers' map. A publication,
 * correction or withdrawal announces it for the document's site and for every site above it.
 */
export const latestTag = (site: string) => `latest:${site}`
export const columnTag = (site: string, key: string) => `column:${site}/${key}`
export const documentTag = (document: { collection: DocumentCollection; id: number }) => `doc:${document.collection}/${document.id}`
/** Pages that tell a reader about other documents of the same title on the site. */
export const titleTag = (site: string, titleKey: string) => `title:${site}/${titleKey}`
export const letterStatusTag = (codeHash: string) => `letter-status:${codeHash}`
/** A file that portals keep: announced when the last delivery record that names it is gone. */
export const fileTag = (hash: string) => `file:${hash}`

import { env } from '../env.ts'

/** Under which origins the admin is opened in a browser. */
export function adminOrigins(): string[] {
  const { CMS_ORIGIN, CMS_URL, CMS_PORT } = env()
  return (CMS_ORIGIN ? [CMS_ORIGIN] : [CMS_URL, `http://localhost:${CMS_PORT}`]).map((address) => new URL(address).origin)
}

/** Whose pages the admin may show in a frame: the portals', for live previews. */
export const portalOrigins = () => new URL(env().PORTAL_ORIGIN.replace('{slug}', 'x')).origin.replace('//x.', '//*.')

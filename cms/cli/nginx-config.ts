import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { JIANGSU_SITES } from '@cluster/shared/governance/site-tree'
import { readSettings } from './settings.ts'

type Front = {
  /** `<PAGE_STORE_DIR>`: pages as the portal wrote them. */
  pages: string
  portal: string
  cms: string | null
  listen: string
  /** `PORTAL_ORIGIN` without scheme and port, `{slug}.localhost`. */
  hostPattern: string
}

/** What the portal itself sends with everything; a static server in front says the same. */
const SECURITY_HEADERS = `add_header Content-Security-Policy "default-src 'self'; img-src 'self' data:; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'" always;
  add_header X-Content-Type-Options nosniff always;
  add_header Referrer-Policy strict-origin-when-cross-origin always;
  add_header Permissions-Policy "camera=(), geolocation=(), microphone=(), payment=(), usb=()" always;`
/** Beside those: readers ask each time, as the portal tells them to. */
export const PAGE_HEADERS = `add_header Cache-Control "public, max-age=0, must-revalidate";
  add_header Vary Accept-Encoding;
  ${SECURITY_HEADERS}`

/**
 * The configuration of an nginx in front of the portal: it serves what the portal has written, at the speed of plain files, and asks the portal
 * for everything else. A page that the portal purges is gone from the folder, so nginx never serves what the portal would not.
 */
export function nginxConfig({ pages, portal, cms, listen, hostPattern }: Front): string {
  const names = [...JIANGSU_SITES.map(({ slug }) => hostPattern.replace('{slug}', slug)), ...(hostPattern.endsWith('.localhost') ? ['localhost'] : [])]
  return `# 机构编制网站群：放进 nginx 的 http { } 中（例如 /etc/nginx/conf.d/cluster.conf）。
# nginx 的工作进程须能读取 ${pages}。

# 一百多个域名；默认的表太小，每次都要多找几步。
server_names_hash_max_size 4096;
server_names_hash_bucket_size 128;

upstream portal { server ${portal}; keepalive 32; }

# 已存页面按域名放在各自的文件夹里；localhost 即省级站点。
map $host $page_host { default $host; localhost ${hostPattern.replace('{slug}', 'jiangsu')}; }

server {
  listen ${listen} default_server;
  server_name _;
  # 不认识的域名
  location / { return 421; }
  location = /healthz { proxy_pass http://portal; }
}

server {
  listen ${listen};
  server_name ${names.join('\n    ')};

  server_tokens off;
  charset utf-8;
  client_max_body_size 64k;
  client_body_timeout 10s;
  client_header_timeout 10s;
  send_timeout 20s;
  absolute_redirect off;
  log_not_found off;

  # 打开文件缓存会继续提供已经撤下的页面，因此保持关闭。
  open_file_cache off;
  # 不用 gzip_vary：它会让每次不压缩的读取也去打开 .gz 文件。
  gzip_static on;
  etag on;

  ${PAGE_HEADERS}

  root ${pages}/$page_host;
  # 没有存下的页面、提交的表单（405）、带查询的地址（418），一律交给门户。
  error_page 403 404 405 418 = @portal;
  if ($is_args) { return 418; }
  # 不用 index 和 try_files：它们要多看一次磁盘。
  location / { rewrite /$ \${uri}index.html break; }
  location = /healthz { proxy_pass http://portal; }
  location /files/ { return 418; }
  location /_astro/ { return 418; }

  location @portal {
    proxy_pass http://portal;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_read_timeout 15s;
    # 门户的回答自己带好了全部的头；这里写一个，上面的就都不再添加。
    add_header X-Content-Type-Options nosniff always;
    proxy_hide_header X-Content-Type-Options;
  }
}
${cms === null ? '' : `
# 管理后台：只向内网开放。
server {
  listen ${cms.replace(/:\d+$/, ':8080')};
  client_max_body_size 60m;
  location / { proxy_pass http://${cms}; proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto $scheme; }
}
`}`
}

/** `npm run nginx-config -- [--listen 80] [--admin]`: prints the configuration for this data folder. */
export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { listen: { type: 'string', default: '80' }, admin: { type: 'boolean', default: false } } })
  const settings = readSettings()
  const origin = settings.PORTAL_ORIGIN ?? `http://{slug}.localhost:${settings.PORTAL_PORT}`
  console.log(nginxConfig({
    pages: join(settings.folders.pages),
    portal: `127.0.0.1:${settings.PORTAL_PORT}`,
    cms: values.admin ? `127.0.0.1:${settings.CMS_PORT}` : null,
    listen: values.listen,
    hostPattern: origin.replace(/^https?:\/\//, '').replace(/:\d+$/, ''),
  }))
  return 0
}

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

/**
 * The configuration of an nginx in front of the portal: it serves what the portal has written, at the speed of plain files, and asks the portal
 * for everything else. A page that the portal purges is gone from the folder, so nginx never serves what the portal would not.
 */
export function nginxConfig({ pages, portal, cms, listen, hostPattern }: Front): string {
  const names = [...JIANGSU_SITES.map(({ slug }) => hostPattern.replace('{slug}', slug)), ...(hostPattern.endsWith('.localhost') ? ['localhost'] : [])]
  return `# 机构编制网站群：放进 nginx 的 http { } 中（例如 /etc/nginx/conf.d/cluster.conf）。
# nginx 的工作进程须能读取 ${pages}。

upstream portal { server ${portal}; keepalive 32; }

# 已存页面按域名放在各自的文件夹里；localhost 即省级站点。
map $host $page_host { default $host; localhost ${hostPattern.replace('{slug}', 'jiangsu')}; }
# 只有不带查询的读取才看文件；其余一律交给门户。
map $request_method$is_args $from_store { default /-; GET ""; HEAD ""; }

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

  # 打开文件缓存会继续提供已经撤下的页面，因此保持关闭。
  open_file_cache off;
  gzip_static on;
  etag on;

  add_header Content-Security-Policy "default-src 'self'; img-src 'self' data:; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'" always;
  add_header X-Content-Type-Options nosniff always;
  add_header Referrer-Policy strict-origin-when-cross-origin always;
  add_header Permissions-Policy "camera=(), geolocation=(), microphone=(), payment=(), usb=()" always;

  root ${pages};
  location = /healthz { proxy_pass http://portal; }
  location /files/ { try_files /dev/null @portal; }
  location /_astro/ { try_files /dev/null @portal; }
  location / {
    add_header Cache-Control "public, max-age=0, must-revalidate";
    # 不用 gzip_vary：它会让每次不压缩的读取也去打开 .gz 文件。
    add_header Vary Accept-Encoding;
    add_header Content-Security-Policy "default-src 'self'; img-src 'self' data:; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'" always;
    add_header X-Content-Type-Options nosniff always;
    add_header Referrer-Policy strict-origin-when-cross-origin always;
    add_header Permissions-Policy "camera=(), geolocation=(), microphone=(), payment=(), usb=()" always;
    try_files $from_store/$page_host\${uri}index.html $from_store/$page_host$uri @portal;
  }

  location @portal {
    proxy_pass http://portal;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_read_timeout 15s;
    # 门户自己带好了这些头
    proxy_hide_header Content-Security-Policy;
    proxy_hide_header X-Content-Type-Options;
    proxy_hide_header Referrer-Policy;
    proxy_hide_header Permissions-Policy;
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

import { JIANGSU_SITES } from '@cluster/shared/governance/site-tree'

/** Addresses of the processes of one kind, such as `10.0.0.5:4321`. */
export type Balanced = {
  portals: readonly string[]
  /** Delivery servers that the portals share; empty where each portal has one of its own. */
  deliveries: readonly string[]
  /** CMS processes; empty where the admin is not to be reached through this nginx. */
  cms: readonly string[]
  /** Where the public arrives. */
  listen: string
  /** Where the portals reach the delivery servers (their `DELIVERY_URL`), and people of the house the admin. */
  deliveryListen: string
  cmsListen: string
  /** `PORTAL_ORIGIN` without scheme and port, `{slug}.localhost`. */
  hostPattern: string
}

/** A process that fails once gets no requests for this long. */
const FAIL_TIMEOUT = '3s'

/**
 * The configuration of an nginx in front of several processes of each kind. A request that one of them cannot take goes to the next; a
 * form that was sent already is never sent twice. Each portal has its own page store, so nginx serves no files here: a page that one
 * portal has not stored while nothing can be asked (503) may be stored by another.
 */
export function nginxBalancer({ portals, deliveries, cms, listen, deliveryListen, cmsListen, hostPattern }: Balanced): string {
  const names = JIANGSU_SITES.map(({ slug }) => hostPattern.replace('{slug}', slug))
  if (hostPattern.endsWith('.localhost')) names.push('localhost')
  const upstream = (name: string, addresses: readonly string[], failures: string) =>
    `upstream ${name} {\n${addresses.map((address) => `  server ${address} ${failures};`).join('\n')}\n  keepalive 32;\n}`
  const attentive = `max_fails=1 fail_timeout=${FAIL_TIMEOUT}`
  const passed = (target: string) => `proxy_pass http://${target};
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_connect_timeout 1s;`
  return `# 机构编制网站群，每种进程有多个时：放进 nginx 的 http { } 中（例如 /etc/nginx/conf.d/cluster.conf）。

${upstream('portals', portals, attentive)}
# 503 是说“这一页我没有存，现在也问不到”，并不是坏了：依次再问其他门户，不记作失败。
# 几个门户刚刚一起失败过时，nginx 会说一个也没有（502）：也再问一遍。
${upstream('portals_in_turn', portals, 'max_fails=0')}

server {
  listen ${listen} default_server;
  server_name _;
  # 不认识的域名
  location / { return 421; }
  location = /healthz { ${passed('portals')} }
}

server {
  listen ${listen};
  server_name ${names.join('\n    ')};

  server_tokens off;
  client_max_body_size 64k;
  client_body_timeout 10s;
  client_header_timeout 10s;
  send_timeout 20s;

  location / {
    ${passed('portals')}
    proxy_read_timeout 3s;
    proxy_next_upstream error timeout http_502;
    proxy_next_upstream_tries ${Math.max(2, portals.length)};
    proxy_intercept_errors on;
    error_page 502 503 504 = @in_turn;
  }
  location @in_turn {
    # 提交的表单不会送出第二次。
    if ($request_method = POST) { return 502; }
    ${passed('portals_in_turn')}
    proxy_read_timeout 5s;
    proxy_next_upstream error timeout http_502 http_503;
  }
  # 两张表单：提交要等得久一些，门户自己的回答原样送出。
  location ~ ^/letters/(new|status)/$ {
    ${passed('portals')}
    proxy_read_timeout 15s;
    proxy_next_upstream error timeout;
    error_page 502 504 = @in_turn;
  }
}
${deliveries.length === 0 ? '' : `
# 发布服务：只供门户使用，门户的 DELIVERY_URL 指向这里。
${upstream('deliveries', deliveries, attentive)}
${upstream('deliveries_in_turn', deliveries, 'max_fails=0')}
server {
  listen ${deliveryListen};
  location / {
    ${passed('deliveries')}
    proxy_read_timeout 900ms;
    proxy_next_upstream error timeout http_502;
    error_page 502 504 = @in_turn;
  }
  location @in_turn {
    ${passed('deliveries_in_turn')}
    proxy_read_timeout 900ms;
  }
  location /v1/search {
    ${passed('deliveries')}
    proxy_read_timeout 1800ms;
    proxy_next_upstream error timeout http_502;
  }
  location /v1/files/ { ${passed('deliveries')} proxy_read_timeout 5s; }
  # 变更通知一直开着；发布服务每 15 秒说一句话。
  location = /v1/feed { ${passed('deliveries')} proxy_buffering off; proxy_read_timeout 35s; }
}
`}${cms.length === 0 ? '' : `
# 管理后台：只向内网开放。
${upstream('cms', cms, attentive)}
server {
  listen ${cmsListen};
  client_max_body_size 60m;
  location / { ${passed('cms')} proxy_read_timeout 30s; proxy_next_upstream error timeout; }
}
`}`
}

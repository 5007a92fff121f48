// A site of somebody else, on an origin of its own, with the widget in it and with styles and a policy that a widget must
// bear: odd font sizes, rules for every button, no inline styles.
import { createServer } from 'node:http';

const style = `
  html { font-size: 10px; }
  body { margin: 0; letter-spacing: 2px; font-family: serif; }
  button, textarea { all: unset; color: red !important; text-transform: uppercase; }
  * { line-height: 3; }
  p { margin: 40px; }
`;

const page = (server) => `<!doctype html>
<html lang="id">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Situs kelurahan (contoh)</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/site.css" />
    <script src="${server}/assets/widget.js" async></script>
  </head>
  <body><main><h1>Situs kelurahan (contoh)</h1><p>Isi halaman ini bukan milik Sahut.</p></main></body>
</html>`;

export class Site {
  /** `server`: the address of Sahut. */
  static async start(server, port = 0) {
    const site = new Site();
    site.allow(server);
    site.listener = createServer((request, response) => {
      if (request.url === '/site.css') {
        response.writeHead(200, { 'Content-Type': 'text/css' }).end(style);
        return;
      }
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': `default-src 'none'; script-src ${site.server}; style-src 'self'; connect-src ${site.server}; img-src data:`,
      });
      response.end(page(site.server));
    });
    await new Promise((done) => site.listener.listen(port, '127.0.0.1', done));
    site.url = `http://127.0.0.1:${site.listener.address().port}`;
    return site;
  }

  allow(server) {
    this.server = server;
  }

  async close() {
    this.listener.closeAllConnections();
    await new Promise((done) => this.listener.close(done));
  }
}

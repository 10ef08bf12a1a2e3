import { once } from "node:events";
import { createServer as createHttp } from "node:http";
import { createServer as createTcp } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

/** One message that arrived. */
export interface Message {
  /** Path of the address, or the mail's recipients. */
  to: string;
  authorization: string | undefined;
  body: string;
}

/** Stands for Slack, a bridge and a mail server, on the loopback: keeps what it is sent. */
export class Listener {
  readonly messages: Message[] = [];
  readonly #http: Server;
  readonly #mail: Server;

  private constructor() {
    this.#http = createHttp((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part)).on("end", () => {
        this.messages.push({ to: request.url ?? "", authorization: request.headers.authorization, body: Buffer.concat(parts).toString() });
        response.end('{"ok":true}');
      });
    });
    this.#mail = createTcp((socket) => this.#take(socket));
  }

  static async start(): Promise<Listener> {
    const listener = new Listener();
    for (const server of [listener.#http, listener.#mail]) {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
    }
    return listener;
  }

  get address(): string {
    return `http://127.0.0.1:${portOf(this.#http)}`;
  }

  get smarthost(): string {
    return `127.0.0.1:${portOf(this.#mail)}`;
  }

  async stop(): Promise<void> {
    for (const server of [this.#http, this.#mail]) {
      server.close();
      await once(server, "close");
    }
  }

  /** As much of SMTP as a client needs that logs in and sends; it offers no TLS. */
  #take(socket: Socket): void {
    const mail: Message = { to: "", authorization: undefined, body: "" };
    let text = "";
    let inData = false;
    const answer = (line: string): void => { socket.write(`${line}\r\n`); };
    socket.on("error", () => socket.destroy());
    socket.on("data", (data: Buffer) => {
      text += data.toString();
      for (let end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n")) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (inData && line !== ".") mail.body += `${line}\n`;
        else if (inData) {
          inData = false;
          this.messages.push(mail);
          answer("250 taken");
        } else if (line.startsWith("EHLO")) answer("250-here\r\n250 AUTH PLAIN");
        else if (line.startsWith("AUTH PLAIN ")) {
          mail.authorization = Buffer.from(line.slice(11), "base64").toString();
          answer("235 good");
        } else if (line.startsWith("RCPT TO:")) {
          mail.to += `${mail.to === "" ? "" : " "}${line.slice(8)}`;
          answer("250 good");
        } else if (line === "DATA") {
          inData = true;
          answer("354 go on");
        } else if (line === "QUIT") {
          answer("221 bye");
          socket.end();
        } else answer("250 good");
      }
    });
    answer("220 here ESMTP");
  }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the listener does not listen");
  return address.port;
}

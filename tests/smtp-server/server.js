// Listens on a free port of 127.0.0.1 and tells its parent, line by line as JSON, what it was sent.
// Commands on standard input: "mode <mode>" changes how it behaves, "sync <n>" is answered once all before it was told.
'use strict';

const fs = require('node:fs');
const readline = require('node:readline');
const { SMTPServer } = require('smtp-server');
const { simpleParser } = require('mailparser');

const options = JSON.parse(process.argv[2] ?? '{}');
let mode = options.mode ?? 'accept';

const tell = event => process.stdout.write(JSON.stringify(event) + '\n');

function refusal(code, text) {
  const error = new Error(text);
  error.responseCode = code;
  return error;
}

const server = new SMTPServer({
  secure: false,
  key: options.key && fs.readFileSync(options.key),
  cert: options.certificate && fs.readFileSync(options.certificate),
  disabledCommands: [...(options.user ? [] : ['AUTH']), ...(options.certificate ? [] : ['STARTTLS'])],
  authOptional: !options.user,
  disableReverseLookup: true,
  logger: false,
  onAuth(auth, session, done) {
    const known = auth.username === options.user && auth.password === options.password;
    done(known ? null : refusal(535, '5.7.8 Authentication failed'), known ? { user: auth.username } : undefined);
  },
  onMailFrom(address, session, done) {
    done(mode === 'refuse-sender' ? refusal(550, '5.7.1 Sender ' + address.address + ' not allowed') : null);
  },
  onRcptTo(address, session, done) {
    tell({ event: 'recipient', address: address.address });
    if (mode === 'refuse')
      done(refusal(550, '5.1.1 <' + address.address + '> unknown user ' + address.address.split('@')[0]));
    else if (mode === 'defer')
      done(refusal(451, '4.3.0 Try again later, ' + address.address));
    else
      done();
  },
  onData(stream, session, done) {
    const chunks = [];
    stream.on('data', chunk => chunks.push(chunk));
    stream.on('end', async () => {
      const raw = Buffer.concat(chunks);
      if (mode === 'refuse-message')
        return done(refusal(554, '5.7.1 Message refused'));
      const mail = await simpleParser(raw);
      tell({
        event: 'mail',
        messageId: mail.messageId,
        recipients: session.envelope.rcptTo.map(r => r.address),
        subject: mail.subject,
        toName: mail.to.value[0].name,
        text: mail.text,
        html: mail.html,
        attachments: mail.attachments.map(a => ({ name: a.filename, type: a.contentType, content: a.content.toString('base64') })),
        secure: session.secure,
        user: session.user ?? null,
        session: session.id,
        raw: raw.toString('latin1'),
      });
      if (mode === 'drop')
        return [...server.connections].find(connection => connection.id === session.id)._socket.destroy();
      if (mode === 'slow')
        return setTimeout(done, options.delay);
      done();
    });
  },
});

server.on('error', error => tell({ event: 'error', text: error.message }));
server.listen(0, '127.0.0.1', () => tell({ event: 'listening', port: server.server.address().port }));

readline.createInterface({ input: process.stdin })
  .on('line', line => {
    const [command, value] = line.split(' ');
    if (command === 'mode')
      mode = value;
    tell({ event: 'done', command, value });
  })
  // The parent is gone.
  .on('close', () => process.exit(0));

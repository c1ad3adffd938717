// Copyright: (c) 2026, itops.ringcentral contributors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
//
// RingCentral's JavaScript SDKs against a sandbox: log in, list, subscribe by WebSocket and by webhook, then change
// whatever extension standard input names, until it ends. What they see goes to standard output, one JSON a line.

const readline = require("node:readline");
const RingCentral = require("@rc-ex/core").default;
const { default: WebSocketExtension, Events } = require("@rc-ex/ws");
const { SDK } = require("@ringcentral/sdk");

const { RC_SERVER_URL: server, RC_APP_CLIENT_ID: clientId, RC_APP_CLIENT_SECRET: clientSecret, RC_USER_JWT: jwt } = process.env;
const eventFilters = ["/restapi/v1.0/account/~/extension"];
const tell = (what, value) => console.log(JSON.stringify({ what, value }));

async function main() {
  const extensible = new RingCentral({ server, clientId, clientSecret });
  await extensible.authorize({ jwt });
  const listed = await extensible.restapi().account().extension().list({ perPage: 1000 });
  tell("listed", listed.records.length);

  const webSocket = new WebSocketExtension({ restOverWebSocket: true, autoRecover: { enabled: true, checkInterval: () => 50 } });
  await extensible.installExtension(webSocket);
  webSocket.eventEmitter.on(Events.autoRecoverSuccess, () => tell("recovered", webSocket.connectionDetails.recoveryState));
  webSocket.eventEmitter.on(Events.autoRecoverFailed, () => tell("recovered", webSocket.connectionDetails.recoveryState));
  const subscription = await webSocket.subscribe(eventFilters, (event) => tell("event", event));
  tell("subscribed", subscription.subscriptionInfo);

  const sdk = new SDK({ server, clientId, clientSecret });
  await sdk.platform().login({ jwt });
  const deliveryMode = { transportType: "WebHook", address: process.argv[2], verificationToken: process.argv[3] };
  const hooked = await sdk.platform().post("/restapi/v1.0/subscription", { eventFilters, deliveryMode, expiresIn: 3600 });
  tell("hooked", await hooked.json());

  for await (const key of readline.createInterface({ input: process.stdin })) {
    const changed = await extensible.restapi().account().extension(key).put({ contact: { jobTitle: "Judge" } });
    tell("changed", changed.contact.jobTitle);
  }
  await webSocket.revoke();
  tell("left", (await (await sdk.platform().get("/restapi/v1.0/subscription")).json()).records.length);
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

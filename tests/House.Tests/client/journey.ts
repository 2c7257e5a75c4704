// What a TypeScript client made from the description sees of a running host: types at compile time, answers at run time.
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./api.js";

declare const process: { env: Record<string, string | undefined>; exit(code: number): never };

const [baseUrl, password] = [process.env.ADDRESS!, process.env.PASSWORD!];
const steps: string[] = [];
function step(name: string, holds: boolean): void {
  if (!holds) {
    console.error(`not so: ${name}`);
    process.exit(1);
  }
  steps.push(name);
}

// A browser keeps the cookies; here a middleware does.
let cookies = "";
let antiForgery = "";
const session: Middleware = {
  onRequest({ request }) {
    if (cookies) request.headers.set("Cookie", cookies);
    if (antiForgery) request.headers.set("X-CSRF-Token", antiForgery);
    return request;
  },
  onResponse({ response }) {
    const given = response.headers.getSetCookie();
    if (given.length > 0) cookies = given.map((c) => c.split(";")[0]).join("; ");
  },
};
const client = createClient<paths>({ baseUrl });
client.use(session);

const nobody = await client.GET("/api/masters/users", { params: { query: {} } });
const refusal: components["schemas"]["Problem"] | undefined = nobody.error;
step("a request without a session is refused with a code", refusal?.code === "gateway.sign-in.required");

const wrong = await client.POST("/api/session", { body: { user: "admin", password: "wrong" } });
step("a wrong password is refused with a code", wrong.error?.code === "masters.session.refused");

const signedIn = await client.POST("/api/session", { body: { user: "admin", password } });
step("the administrator signs in", signedIn.data?.user === "admin" && signedIn.data.permissions.includes("*"));
antiForgery = signedIn.data?.antiForgeryToken ?? "";

const id: string = "01932c07-209c-7b2a-8a35-0123456789ab";
const request: components["schemas"]["AddRoleRequest"] = { id, code: "reader", permissions: ["masters.user.read"] };
const headers = { "Idempotency-Key": "journey-1" };
const made = await client.POST("/api/masters/roles", { params: { header: headers }, body: request });
step("a role is added under the id that the client made", made.data?.id === id && made.data.version === 1);

const again = await client.POST("/api/masters/roles", { params: { header: headers }, body: request });
step("a repeat gets the same answer", JSON.stringify(again.data) === JSON.stringify(made.data));

const key = await client.POST("/api/masters/api-keys", { body: { name: "journey", permissions: ["masters.user.read"] } });
const reader = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key.data?.token}` } });
const users = await reader.GET("/api/masters/users", { params: { query: { take: 10 } } });
step("the key reads the users", users.data?.rows.some((u) => u.name === "admin" && !u.disabled) === true);

const refused = await reader.POST("/api/masters/roles", { body: { code: "more", permissions: ["*"] } });
step("and may do no more", refused.error?.code === "record.permission.missing");

// @ts-expect-error a request that lacks a field does not compile
const lacking: components["schemas"]["AddRoleRequest"] = { code: "x" };
void lacking;

console.log(steps.join("\n"));

// docs/openapi.yaml as something answers can be held against.

import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const methods = ['get', 'put', 'post', 'delete', 'patch'];

export class Description {
  constructor(file) {
    this.document = parse(readFileSync(file, 'utf8'), { merge: true });
    this.ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true, logger: false });
    addFormats(this.ajv);
    this.ajv.addSchema({ ...this.document, $id: 'openapi.json' });
    this.operations = new Map();
    for (const [path, item] of Object.entries(this.document.paths)) {
      for (const method of methods) {
        if (!item[method]) continue;
        const operation = item[method];
        this.operations.set(operation.operationId, {
          id: operation.operationId,
          method: method.toUpperCase(),
          path,
          pointer: this.#pointer('paths', path, method),
          ...operation,
        });
      }
    }
  }

  #pointer(...parts) {
    return parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  }

  /** The object a pointer leads to, through $ref; with the pointer it really stands at. */
  #at(pointer) {
    let value = this.document;
    for (const part of pointer.split('/').slice(1))
      value = value?.[decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')];
    return value?.$ref ? this.#at(value.$ref.slice(1)) : { value, pointer };
  }

  /** What is wrong with `value` by the schema at `pointer`; an empty list if nothing. */
  faults_at(pointer, value) {
    const check = this.ajv.compile({ $ref: `openapi.json#${encodeURI(pointer)}` });
    if (check(value)) return [];
    return check.errors.map(
      (error) =>
        `${error.instancePath || '(all)'} ${error.message}${error.params?.additionalProperty ? ` (${error.params.additionalProperty})` : ''}`,
    );
  }

  /** By the name of a schema under components. */
  faults_of(schema, value) {
    return this.faults_at(`/components/schemas/${schema}`, value);
  }

  documented_statuses(id) {
    return Object.keys(this.operations.get(id).responses);
  }

  /** What is wrong with an answer to this operation. */
  faults_of_answer(id, answer) {
    const operation = this.operations.get(id);
    const found = this.#at(`${operation.pointer}/responses/${answer.status}`);
    if (!found.value) return [`the status ${answer.status} is not documented`];
    const faults = [];
    for (const name of Object.keys(found.value.headers ?? {})) {
      if (answer.headers[name.toLowerCase()] === undefined) faults.push(`the header ${name} is missing`);
    }
    const type = (answer.headers['content-type'] ?? '').split(';')[0];
    const content = found.value.content;
    if (!content) {
      if (answer.bytes.length > 0) faults.push('there is a body, and none is documented');
      return faults;
    }
    if (content['*/*']) return faults; // a file: any bytes
    if (!content[type])
      return [
        ...faults,
        `the content type is ${type || 'missing'}, documented is ${Object.keys(content).join(' or ')}`,
      ];
    if (type.endsWith('json')) {
      const pointer = `${found.pointer}/content/${type.replaceAll('/', '~1')}/schema`;
      faults.push(...this.faults_at(pointer, answer.json));
    }
    return faults;
  }

  /** What is wrong with a body that the server accepts. */
  faults_of_request(id, body) {
    const operation = this.operations.get(id);
    if (!operation.requestBody) return [];
    const { pointer, value } = this.#at(`${operation.pointer}/requestBody`);
    return value.content?.['application/json']
      ? this.faults_at(`${pointer}/content/application~1json/schema`, body)
      : [];
  }
}

'use strict';
// Fields and enum names that the API does not have are told, with their path; the encoder would leave them out silently.

class RequestCheck {
  constructor(protos) {
    this.typeOf = (field) => protos[field.typeName.replace(/^\./, '')] ?? protos[`radyab.v1.${field.typeName}`];
  }

  // Throws a TypeError.
  check(messageType, value, where = '') {
    if (value === null || typeof value !== 'object') throw new TypeError(`${where || 'request'}: want an object`);
    for (const [name, part] of Object.entries(value)) {
      const field = messageType.type.field.find((one) => one.name === name);
      const place = where ? `${where}.${name}` : name;
      if (!field) throw new TypeError(`${place}: ${messageType.type.name} has no such field`);
      if (part === undefined || part === null) continue;
      if (field.label !== 'LABEL_REPEATED') this.checkPart(field, part, place);
      else if (!Array.isArray(part)) throw new TypeError(`${place}: want an array`);
      else part.forEach((element, index) => this.checkPart(field, element, `${place}[${index}]`));
    }
  }

  checkPart(field, part, place) {
    const type = field.typeName && this.typeOf(field);
    if (!type) return;
    if (field.type === 'TYPE_MESSAGE') this.check(type, part, place);
    else if (typeof part === 'string' && !type.type.value.some((value) => value.name === part)) {
      throw new TypeError(`${place}: ${type.type.name} has no value "${part}"`);
    }
  }
}

module.exports = { RequestCheck };

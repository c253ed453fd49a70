"""Check digits worked out here, from the standards alone: a second opinion on what the product says."""


def code_is_valid(code):
    """Sixteen digits of ours: ISO/IEC 7064 MOD 97-10, check pair 02 to 98."""
    return (
        len(code) == 16
        and code.isascii()
        and code.isdigit()
        and code[0] in "1278"
        and int(code) % 97 == 1
        and 2 <= int(code[-2:]) <= 98
    )


def gs1_check_digit(digits):
    """The GS1 mod 10 digit that follows `digits` (GS1 General Specifications, section 7.9)."""
    weighted = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits)))
    return str(-weighted % 10)


def sscc_is_valid(sscc, prefix):
    """Eighteen digits with the right check digit, minted under `prefix`."""
    return (
        len(sscc) == 18
        and sscc.isdigit()
        and sscc[1:].startswith(prefix)
        and gs1_check_digit(sscc[:-1]) == sscc[-1]
    )

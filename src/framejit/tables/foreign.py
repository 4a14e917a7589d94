"""Packages whose ufuncs have numeric loops that native code calls over tiles, as NumPy's own.

    scipy.special.erf       its loops only compute, as long as scipy.special.geterr() says that errors are ignored: what warns or raises needs the program's frame

A ufunc goes by its module and name: "scipy.special.erf".
"""

import sys
from types import ModuleType

from framejit.tables.classes import numpys

SPECIAL = (             # of scipy.special, those that only compute; others warn of arguments that aren't integers, or are rare
    "erf", "erfc", "erfcx", "erfi", "erfinv", "erfcinv", "dawsn", "wofz", "ndtr", "ndtri", "log_ndtr", "expit", "log_expit", "logit", "xlogy", "xlog1py", "entr", "rel_entr", "kl_div", "huber", "pseudo_huber",
    "gamma", "gammaln", "loggamma", "rgamma", "psi", "digamma", "gammasgn", "gammainc", "gammaincc", "gammaincinv", "gammainccinv", "beta", "betaln", "betainc", "betaincinv", "poch", "binom", "zeta", "zetac", "spence",
    "exp1", "expi", "exp2", "exp10", "expm1", "exprel", "log1p", "cbrt", "cosm1", "radian", "cosdg", "sindg", "tandg", "cotdg", "round",
    "j0", "j1", "y0", "y1", "i0", "i0e", "i1", "i1e", "k0", "k0e", "k1", "k1e", "jv", "jve", "yv", "yve", "iv", "ive", "kv", "kve", "ellipk", "ellipkm1", "ellipe", "ellipkinc", "ellipeinc", "hyp0f1", "hyp1f1", "hyp2f1",
    "chdtr", "chdtrc", "chdtri", "fdtr", "fdtrc", "fdtri", "gdtr", "gdtrc", "pdtr", "pdtrc", "stdtr", "stdtrit", "owens_t", "boxcox", "boxcox1p", "inv_boxcox", "inv_boxcox1p", "kolmogorov", "kolmogi", "struve", "agm",
)
ASKED = {"scipy.special": ("scipy.special._ufuncs", "geterr")}      # what tells what is done about errors


def foreign(place, name):
    """The ufunc that a module of one of the packages has under this name, or None."""
    module = sys.modules.get(place) if place in ASKED and name in SPECIAL else None
    found = vars(module).get(name) if type(module) is ModuleType else None
    return found if numpys("ufunc") is not None and type(found) is numpys("ufunc") and found.__name__ == name else None


def name_of(value):
    """The name of one of these ufuncs, or None."""
    return next((f"{place}.{value.__name__}" for place in ASKED if foreign(place, value.__name__) is value), None)


def is_foreign(name):
    return name.rpartition(".")[0] in ASKED


def asked(place):
    """The package's function of C that tells what is done about errors, or None."""
    module, name = ASKED[place]
    found = vars(sys.modules.get(module, sys)).get(name)
    return found if type(found).__name__ == "cython_function_or_method" else None


__all__ = ["ASKED", "asked", "foreign", "is_foreign", "name_of"]

"""Every code with which we say no: its status, and what it is called in English and Spanish."""

from __future__ import annotations

# code: status, what the seed pages say (if they say anything), English, Spanish
TEXTS: dict[str, tuple[int, str | None, str, str]] = {
    "invalid_json": (400, None, "The body is not valid JSON.", "El cuerpo no es JSON válido."),
    "validation_error": (
        400,
        None,
        "Something in the request is not right.",
        "Algo en la petición no es correcto.",
    ),
    "update_not_supported": (
        400,
        None,
        "Update with whatever installed this.",
        "Actualiza con lo que lo instaló.",
    ),
    "authentication_required": (
        401,
        None,
        "Log in, or send an API key.",
        "Inicia sesión o envía una clave de API.",
    ),
    "invalid_credentials": (
        401,
        None,
        "E-mail or password is wrong.",
        "El correo o la contraseña no es correcto.",
    ),
    "invalid_token": (401, None, "The token is not valid (any more).", "El token no es válido o ha caducado."),
    "invalid_api_key": (401, None, "The API key is not valid.", "La clave de API no es válida."),
    "forbidden": (403, "forbidden", "This credential may not do that.", "Esta credencial no permite hacer eso."),
    "not_found": (404, "not found", "There is no such thing here.", "Aquí no existe tal cosa."),
    "method_not_allowed": (405, None, "This method is not for this path.", "Este método no es para esta ruta."),
    "run_already_finished": (409, "run ya finalizó", "The run has already finished.", "La ejecución ya finalizó."),
    "heal_not_reviewable": (
        409,
        None,
        "There is nothing to say yes or no to: the heal did not work, or has not yet.",
        "No hay nada que aprobar ni rechazar: la reparación no funcionó, o todavía no.",
    ),
    "email_taken": (
        409,
        None,
        "There is a user with this e-mail address.",
        "Ya existe un usuario con este correo.",
    ),
    "last_admin": (
        409,
        None,
        "The last admin cannot be removed.",
        "No se puede eliminar al último administrador.",
    ),
    "limit_reached": (
        409,
        None,
        "There are as many of these as there may be.",
        "Ya hay tantos como se permiten.",
    ),
    "idempotency_conflict": (
        409,
        None,
        "This Idempotency-Key came with another body before.",
        "Esta Idempotency-Key ya llegó con otro cuerpo.",
    ),
    "body_too_large": (413, None, "The body is too large.", "El cuerpo es demasiado grande."),
    "range_not_satisfiable": (
        416,
        None,
        "The file does not have this range.",
        "El fichero no tiene este rango.",
    ),
    "unsupported_media_type": (415, None, "Send application/json.", "Envía application/json."),
    "rate_limited": (
        429,
        None,
        "That was tried too often; wait a little.",
        "Demasiados intentos; espera un poco.",
    ),
    "internal_error": (500, None, "Something broke on our side.", "Algo se rompió de nuestro lado."),
    "llm_failed": (
        502,
        None,
        "The language model did not give an answer that can be used.",
        "El modelo de lenguaje no dio una respuesta utilizable.",
    ),
    "target_unreachable": (
        502,
        None,
        "The page cannot be reached.",
        "No se puede llegar a la página.",
    ),
    "llm_timeout": (
        504,
        None,
        "The language model did not answer in time.",
        "El modelo de lenguaje no respondió a tiempo.",
    ),
    "browser_unavailable": (
        503,
        None,
        "There is no browser here to look with.",
        "Aquí no hay ningún navegador con el que mirar.",
    ),
    "database_unavailable": (
        503,
        None,
        "The database does not answer now.",
        "La base de datos no responde ahora.",
    ),
    "shutting_down": (503, None, "This node is shutting down.", "Este nodo se está apagando."),
}

STATUS = {code: status for code, (status, *_) in TEXTS.items()}
"""The status of every code."""

"""Goals of the third day, in the own words of somebody who had seen the pages and nothing of the pipeline."""

from __future__ import annotations

from bench.truth.flows import Labelled

FLOWS = (
    # The contact is kept and listed with what was typed.
    Labelled(
        name="agenda: a colleague with her phone",
        verdict="success",
        path="/agenda",
        goal="Añadir a la agenda a mi compañera Nuria Salas, teléfono 655 120 340, grupo Trabajo. Después "
        "tiene que salir en la lista de contactos con su teléfono y su grupo.",
    ),
    # The dialog refuses the number, in these words, and nothing is added.
    Labelled(
        name="agenda: half a phone number",
        verdict="success",
        path="/agenda",
        goal="Probar que no deja guardar un contacto con el teléfono a medias: nuevo contacto, nombre Pablo, "
        "teléfono 12345, grupo Familia, guardar. Debe avisar de que el teléfono tiene que tener 9 cifras y "
        "Pablo no aparece en la lista.",
    ),
    # It is booked and stands in the table.
    Labelled(
        name="appointments: an afternoon in January",
        verdict="success",
        path="/appointments",
        goal="Quiero reservar una cita para el 15 de enero de 2027, por la tarde. Comprobar que sale en la "
        "tabla de próximas citas (15/01/2027, Tarde).",
    ),
    # Each week back takes two seconds, and comes.
    Labelled(
        name="archive: two weeks back",
        verdict="success",
        path="/archive",
        goal="Estoy viendo las actas de la semana 30. Ir dos semanas hacia atrás y mirar que ponga Semana 28 "
        "(ojo, tarda un poco en cargar)",
    ),
    # The confirmation names the topics and the frequency.
    Labelled(
        name="boletines: culture and travel by the month",
        verdict="success",
        path="/boletines",
        goal="Alta en los boletines:\n"
        "- marcar Cultura y Viajes\n"
        "- correo lucia.prueba@ejemplo.es\n"
        "- frecuencia mensual\n"
        "- aceptar la política de privacidad\n"
        "- darle a suscribirme\n"
        "Resultado esperado: dice que ya estoy en la lista, con Cultura, Viajes y Mensual.",
    ),
    # Wednesday the 25th can be had, so can 10:30; the visit is confirmed and listed.
    Labelled(
        name="clinica: the skin on a Wednesday",
        verdict="success",
        path="/clinica",
        goal="Soy una paciente y pido cita en dermatología para el 25 de noviembre de 2026 a las 10:30. "
        "Quiero que me recuerden la cita por SMS. Al confirmar, me pone que la cita está confirmada y la veo "
        "en Próximas citas.",
    ),
    # The form stays, with the error beneath the field.
    Labelled(
        name="envio: four digits of a post code",
        verdict="success",
        path="/envio",
        goal="Rellena el envío con el nombre Teresa Gil y el código postal 3700 (le falta una cifra), la "
        "calle déjala como está, y continúa. Tiene que salir el error de que el código postal debe tener 5 "
        "cifras.",
    ),
    # The server keeps eight digits of nine: after loading again the last one is missing.
    Labelled(
        name="ficha: the new mobile of Begoña",
        verdict="fail-app-bug",
        path="/ficha",
        goal="Cambia el teléfono de Begoña por el 644512378, guarda la ficha y vuelve a cargar la página. El "
        "móvil tiene que ser 644 512 378.",
    ),
    # A day that is over is refused, in these words.
    Labelled(
        name="collection: last year in March",
        verdict="success",
        path="/collection",
        goal="Solicitar una recogida con una fecha que ya pasó, por ejemplo el 3 de marzo de 2025. No "
        'debería dejarme: espero leer "La fecha no puede ser anterior a hoy."',
    ),
    # The row goes from the page only; the server deletes nothing.
    Labelled(
        name="groceries: no pears",
        verdict="fail-app-bug",
        path="/groceries",
        goal="quitar la pera de la lista de la compra, recargar, y que solo queden manzana y uva",
    ),
    # The counter goes from 3 to 1.
    Labelled(
        name="campana: one read leaves two",
        verdict="fail-app-bug",
        path="/campana",
        goal="Hay tres notificaciones nuevas. Marco como leída la de «Nueva oferta de Ana»: pasa a las "
        "anteriores y el contador de arriba baja a 2 sin leer.",
    ),
    # There are eight specialities, and neurology is none of them.
    Labelled(
        name="clinica: a nerve doctor",
        verdict="fail-test-broken",
        path="/clinica",
        goal="Pedir cita en Neurología el 26 de noviembre de 2026 a las 12:15 y confirmarla. La cita de "
        "neurología debe aparecer en las próximas citas.",
    ),
)

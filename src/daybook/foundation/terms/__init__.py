"""The words of the service: vocabularies, sensitivity, and the glossary in two voices."""

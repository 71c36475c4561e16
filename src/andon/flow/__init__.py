"""What happens downstream when something happens, one function a step."""

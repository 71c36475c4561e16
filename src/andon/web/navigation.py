def frame(request):
    return {"nav": []}

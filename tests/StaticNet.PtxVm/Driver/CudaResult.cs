namespace StaticNet.PtxVm.Driver;

/// <summary>What a call of the driver returns (<c>CUresult</c>), with the values of <c>cuda.h</c>.</summary>
public enum CudaResult
{
    Success = 0,
    InvalidValue = 1,
    OutOfMemory = 2,
    NotInitialized = 3,
    NoDevice = 100,
    InvalidDevice = 101,
    InvalidContext = 201,
    InvalidPtx = 218,
    UnsupportedPtxVersion = 222,
    InvalidHandle = 400,
    IllegalState = 401,
    NotFound = 500,
    NotReady = 600,
    IllegalAddress = 700,
    LaunchOutOfResources = 701,
    LaunchTimeout = 702,
    IllegalInstruction = 715,
    MisalignedAddress = 716,
    LaunchFailed = 719,
    StreamCaptureUnsupported = 900,
    StreamCaptureInvalidated = 901,
    StreamCaptureMerge = 902,
    StreamCaptureUnmatched = 903,
    StreamCaptureUnjoined = 904,
    StreamCaptureIsolation = 905,
    CapturedEvent = 907,
}

/// <summary>The names and texts of results.</summary>
internal static class CudaResults
{
    /// <summary>Returns the name of a result as in <c>cuda.h</c>: <c>CUDA_ERROR_INVALID_VALUE</c>.</summary>
    public static string Name(CudaResult result)
    {
        var name = string.Concat(result.ToString().Select((letter, index) => index > 0 && char.IsUpper(letter) ? "_" + letter : letter.ToString()));
        return (result == CudaResult.Success ? "CUDA_" : "CUDA_ERROR_") + name.ToUpperInvariant();
    }

    /// <summary>Returns a text such as <c>invalid value</c>.</summary>
    public static string Text(CudaResult result) => Name(result).Replace("CUDA_ERROR_", "", StringComparison.Ordinal)
        .Replace("CUDA_SUCCESS", "no error", StringComparison.Ordinal).Replace('_', ' ').ToLowerInvariant();
}

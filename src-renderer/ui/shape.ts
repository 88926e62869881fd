/** Shapes that tell things apart where colour alone must not. */
export type Shape = 'square' | 'triangle' | 'circle' | 'diamond' | 'hexagon';
